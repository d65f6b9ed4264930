using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Datasets;

/// <summary>What a dataset group remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetGroupState")]
public sealed record DatasetGroupState : IResourceState
{
    [Id(0)] public DatasetGroup? DatasetGroup { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
}
