using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Datasets;

/// <summary>What a dataset remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetState")]
public sealed record DatasetState : IResourceState
{
    [Id(0)] public Dataset? Dataset { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>The published data; replaced as a whole, by one write, when a job publishes.</summary>
    [Id(2)] public DatasetData? Data { get; init; }
    /// <summary>The import that was published last; publishing it again changes nothing.</summary>
    [Id(3)] public ImportPublication? LastImport { get; init; }
}
