using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Schemas;

/// <summary>What a schema remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.SchemaState")]
public sealed record SchemaState : IResourceState
{
    [Id(0)] public DatasetSchema? Schema { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
}
