namespace Kindred.Contracts.Datasets;

/// <summary>What one data deletion job took out of one dataset.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetDeletion")]
public sealed record DatasetDeletion
{
    [Id(0)] public required string JobArn { get; init; }
    /// <summary>One of <see cref="DatasetTypes"/>.</summary>
    [Id(1)] public required string DatasetType { get; init; }
    /// <summary>Rows that are gone.</summary>
    [Id(2)] public required long Rows { get; init; }
    /// <summary>Users of the job's list who had rows here.</summary>
    [Id(3)] public required long Users { get; init; }
    /// <summary>Files that held the rows, and no manifest names any more.</summary>
    [Id(4)] public IReadOnlyList<string> Replaced { get; init; } = [];
}
