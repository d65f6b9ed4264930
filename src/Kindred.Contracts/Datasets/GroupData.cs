using Kindred.Contracts.Arns;
using Kindred.Contracts.Changes;

namespace Kindred.Contracts.Datasets;

/// <summary>The published data of one dataset group, as its dataset grains record it: what serving and training read.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.GroupData")]
public sealed record GroupData
{
    [Id(0)] public required Arn DatasetGroupArn { get; init; }
    [Id(1)] public required IReadOnlyList<DatasetData> Datasets { get; init; }
    /// <summary>Of the <see cref="ChangedSubject.DatasetGroup"/>: rises when a dataset is made, deleted, or publishes.</summary>
    [Id(2)] public long Number { get; init; }
    /// <summary>The number that the group was made with: tells it from an earlier one of its name.</summary>
    [Id(3)] public long MadeAs { get; init; }

    public DatasetData? Find(string datasetType) => Datasets.FirstOrDefault(d => d.DatasetType == datasetType);
}

/// <summary>One dataset's manifest. Paths are relative to the data folder; every file they name is complete and immutable.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetData")]
public sealed record DatasetData
{
    [Id(0)] public required Arn DatasetArn { get; init; }
    /// <summary>Upper case: <c>INTERACTIONS</c>, <c>ITEMS</c>, <c>USERS</c>.</summary>
    [Id(1)] public required string DatasetType { get; init; }
    /// <summary>The Avro schema document.</summary>
    [Id(2)] public required string Schema { get; init; }
    /// <summary>Segments of bulk imports, oldest first; a FULL import replaces them all.</summary>
    [Id(3)] public IReadOnlyList<SegmentReference> BulkSegments { get; init; } = [];
    /// <summary>Segments compacted from streamed records, oldest first; a FULL import keeps them.</summary>
    [Id(4)] public IReadOnlyList<SegmentReference> StreamedSegments { get; init; } = [];
    /// <summary>The snapshot made from all of the above (UserHistory or ItemCatalog); null before the first import.</summary>
    [Id(5)] public string? SnapshotPath { get; init; }
    /// <summary>Streamed records with a log position below this one are inside <see cref="StreamedSegments"/>.</summary>
    [Id(6)] public long CompactedThrough { get; init; }
    /// <summary>Goes up by one with every publication.</summary>
    [Id(7)] public long Generation { get; init; }
    /// <summary>How many data deletion jobs have taken users out: what was read from the dataset before holds more than the dataset does.</summary>
    [Id(8)] public long Deletions { get; init; }
}

[GenerateSerializer, Immutable, Alias("Kindred.SegmentReference")]
public sealed record SegmentReference(
    [property: Id(0)] string Path,
    [property: Id(1)] long RowCount,
    [property: Id(2)] long SizeBytes,
    [property: Id(3)] string ImportJobArn)
{
    /// <summary>
    /// Place among the segments of its dataset, bulk and streamed together: a later one's row of an id is the newer. 0 for segments
    /// of releases that did not number them, which are older than all others.
    /// </summary>
    [Id(4)] public long Sequence { get; init; }
}
