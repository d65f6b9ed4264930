namespace Kindred.Contracts.Datasets;

/// <summary>What an import job made, to be published in its dataset's manifest with one write.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.ImportPublication")]
public sealed record ImportPublication
{
    [Id(0)] public required string ImportJobArn { get; init; }
    /// <summary>True for FULL: the segments replace those of all earlier imports. False for INCREMENTAL: they are added.</summary>
    [Id(1)] public required bool ReplacesBulk { get; init; }
    [Id(2)] public required IReadOnlyList<SegmentReference> Segments { get; init; }
    /// <summary>The snapshot of everything that the manifest will then name.</summary>
    [Id(3)] public required string SnapshotPath { get; init; }
    /// <summary>The generation that the snapshot was built on; a dataset that has moved on refuses.</summary>
    [Id(4)] public required long Generation { get; init; }
    [Id(5)] public required long GoodRows { get; init; }
    [Id(6)] public required long BadRows { get; init; }
    [Id(7)] public string? QuarantinePath { get; init; }
}
