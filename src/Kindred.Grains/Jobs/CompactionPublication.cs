using Kindred.Contracts.Datasets;
using Kindred.Grains.Datasets;

namespace Kindred.Grains.Jobs;

/// <summary>What a compaction made for one dataset, to be published in its manifest with one write.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.CompactionPublication")]
internal sealed record CompactionPublication
{
    [Id(0)] public required string DatasetArn { get; init; }
    [Id(1)] public required IReadOnlyList<SegmentReference> StreamedSegments { get; init; }
    [Id(2)] public string? SnapshotPath { get; init; }
    [Id(3)] public required long CompactedThrough { get; init; }
    /// <summary>The generation that it was built on; a dataset that has moved on refuses.</summary>
    [Id(4)] public required long Generation { get; init; }

    /// <summary>Every file that it would put into the manifest, relative to the data folder.</summary>
    public IEnumerable<string> Files => DatasetRules.FilesOf(StreamedSegments, SnapshotPath);
}
