using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Jobs;

namespace Kindred.Grains.Datasets;

/// <summary>How a dataset's manifest moves on, as pure functions.</summary>
internal static class DatasetRules
{
    /// <summary>The manifest with an import's segments in it, for the snapshot that will be published with them.</summary>
    public static DatasetData WithImport(DatasetData data, bool replacesBulk, IReadOnlyList<SegmentReference> segments) => data with
    {
        BulkSegments = (replacesBulk ? segments : data.BulkSegments.Concat(segments)).ToArray(),
    };

    public static DatasetState PublishImport(DatasetState current, ImportPublication publication, DateTimeOffset now)
    {
        if (current.LastImport?.ImportJobArn == publication.ImportJobArn) return current;
        var data = current.Data;
        if (data.Generation != publication.Generation)
        {
            throw new RefusedException(RefusalCode.ServiceUnavailable,
                $"The import was built on generation {publication.Generation} of the dataset, which is at {data.Generation} by now.");
        }

        return current with
        {
            Dataset = current.Dataset with { UpdatedAt = now },
            Data = WithImport(data, publication.ReplacesBulk, publication.Segments) with
            {
                SnapshotPath = publication.SnapshotPath, Generation = data.Generation + 1,
            },
            LastImport = publication,
        };
    }

    /// <returns>The same state when the dataset has moved on since the compaction began.</returns>
    public static DatasetState PublishCompaction(DatasetState current, CompactionPublication publication) =>
        current.Data.Generation != publication.Generation ? current : current with
        {
            Data = current.Data with
            {
                StreamedSegments = publication.StreamedSegments, SnapshotPath = publication.SnapshotPath,
                CompactedThrough = publication.CompactedThrough, Generation = current.Data.Generation + 1,
            },
        };

    /// <returns>The same state when the dataset has moved on since the deletion began, or has it already.</returns>
    public static DatasetState PublishDeletion(DatasetState current, DeletionPublication publication) =>
        current.Data.Generation != publication.Data.Generation || HasDeletion(current, publication.Deletion.JobArn) ? current : current with
        {
            Data = publication.Data with { Generation = current.Data.Generation + 1, Deletions = current.Data.Deletions + 1 },
            LastDeletion = publication.Deletion,
        };

    public static bool HasDeletion(DatasetState current, string jobArn) => current.LastDeletion?.JobArn == jobArn;

    /// <summary>
    /// The dataset with another schema. It moves on: what a job built under the old one is built again, and whoever holds the dataset open opens
    /// it anew.
    /// </summary>
    public static DatasetState ChangeSchema(DatasetState current, Arn schemaArn, string document, DateTimeOffset now) => current with
    {
        Dataset = current.Dataset with
        {
            SchemaArn = schemaArn, UpdatedAt = now,
            LatestUpdate = new DatasetUpdateRecord { SchemaArn = schemaArn, Status = ResourceStatus.Active, CreatedAt = now, UpdatedAt = now },
        },
        Data = current.Data with { Schema = document, Generation = current.Data.Generation + 1 },
    };

    /// <summary>Every file that a manifest names, relative to the data folder.</summary>
    public static IEnumerable<string> FilesOf(DatasetData data) =>
        FilesOf(data.BulkSegments.Concat(data.StreamedSegments), data.SnapshotPath);

    /// <summary>Likewise, of a part of a manifest.</summary>
    public static IEnumerable<string> FilesOf(IEnumerable<SegmentReference> segments, string? snapshotPath)
    {
        var paths = segments.Select(segment => segment.Path);
        return snapshotPath is { } snapshot ? paths.Append(snapshot) : paths;
    }
}
