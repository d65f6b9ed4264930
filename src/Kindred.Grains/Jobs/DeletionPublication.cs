using Kindred.Contracts.Datasets;
using Kindred.Grains.Datasets;

namespace Kindred.Grains.Jobs;

/// <summary>One dataset without the users of a data deletion job, to be published in its manifest with one write.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DeletionPublication")]
internal sealed record DeletionPublication
{
    /// <summary>The whole manifest. Its generation is the one that it was built on; a dataset that has moved on refuses.</summary>
    [Id(0)] public required DatasetData Data { get; init; }
    [Id(1)] public required DatasetDeletion Deletion { get; init; }

    public IEnumerable<string> Files => DatasetRules.FilesOf(Data);
}
