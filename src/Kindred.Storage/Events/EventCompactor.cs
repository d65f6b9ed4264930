using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Datasets;
using Kindred.Storage.Snapshots;

namespace Kindred.Storage.Events;

/// <summary>
/// Moves records from a group's event log into segments. Everything it writes is new and named by nobody: the caller
/// publishes it, and only then drops the log below the lowest <see cref="DatasetData.CompactedThrough"/> of the group.
/// </summary>
public static class EventCompactor
{
    /// <param name="artifacts">Holds the segments and snapshots.</param>
    /// <param name="group">The manifests to start from; a dataset that published since makes the result unusable for it.</param>
    /// <param name="throughPosition">Records below this position are compacted; usually the log's end.</param>
    /// <returns>
    /// One entry per dataset whose <see cref="DatasetData.CompactedThrough"/> moves, also if no record was of its type. Datasets of
    /// types that this release does not compact stay where they are: their records wait in the log for a release that does.
    /// </returns>
    /// <exception cref="EventLogMissingException">The log is absent, or not this group's.</exception>
    /// <exception cref="InvalidDataException">The log or a segment is damaged.</exception>
    public static async Task<IReadOnlyList<DatasetCompaction>> CompactAsync(
        IArtifactStore artifacts, GroupData group, IEventLog log, long throughPosition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(log);
        var through = Math.Min(throughPosition, await log.EndPositionAsync(group, cancellationToken));
        var compactions = new List<DatasetCompaction>();
        foreach (var dataset in group.Datasets.Where(dataset => dataset.CompactedThrough < through))
        {
            if (await SegmentsAsync(artifacts, group, dataset, log, through, cancellationToken) is not { } segments) continue;
            compactions.Add(new DatasetCompaction(
                dataset.DatasetType, segments, await SnapshotAsync(artifacts, group, dataset, segments, cancellationToken), through));
        }
        return compactions;
    }

    /// <summary>Everything that was streamed to one dataset, as segments: those of its manifest, and new ones of what is still in the log.</summary>
    /// <returns>The manifest with them; the caller reads it, and then removes the segments that the old one does not name.</returns>
    /// <inheritdoc cref="CompactAsync(IArtifactStore, GroupData, IEventLog, long, CancellationToken)" path="/exception"/>
    public static async Task<DatasetData> ReadOnAsync(
        IArtifactStore artifacts, GroupData group, DatasetData dataset, IEventLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(log);
        var through = await log.EndPositionAsync(group, cancellationToken);
        if (dataset.CompactedThrough >= through) return dataset;
        var segments = await SegmentsAsync(artifacts, group, dataset, log, through, cancellationToken);
        return segments is null ? dataset : dataset with { StreamedSegments = segments };
    }

    /// <returns>The dataset's streamed segments from now on; null for a type that is not compacted.</returns>
    internal static Task<IReadOnlyList<SegmentReference>?> SegmentsAsync(
        IArtifactStore artifacts, GroupData group, DatasetData dataset, IEventLog log, long through, CancellationToken cancellationToken) =>
        DatasetKinds.Find(dataset.DatasetType) switch
        {
            null => Task.FromResult<IReadOnlyList<SegmentReference>?>(null),
            { RecordId: { } id } kind =>
                new RecordCompaction(artifacts, group.DatasetGroupArn, dataset, kind, id, log, through, cancellationToken).RunAsync(),
            { SubjectColumn: { } subject } kind =>
                new InteractionCompaction(artifacts, group.DatasetGroupArn, dataset, kind, subject, log, through, cancellationToken).RunAsync(),
            var kind => throw new ArgumentException($"A dataset of {kind.Label} holds neither records nor interactions.", nameof(dataset)),
        };

    private static async Task<string?> SnapshotAsync(
        IArtifactStore artifacts, GroupData group, DatasetData dataset, IReadOnlyList<SegmentReference> segments,
        CancellationToken cancellationToken)
    {
        var changed = dataset with { StreamedSegments = segments };
        return segments.SequenceEqual(dataset.StreamedSegments)
            ? dataset.SnapshotPath
            : await DatasetSnapshots.BuildAsync(artifacts, group.DatasetGroupArn, changed, cancellationToken);
    }
}
