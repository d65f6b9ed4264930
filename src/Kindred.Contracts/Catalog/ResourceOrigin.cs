using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Catalog;

/// <summary>How a resource came to be.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.ResourceOrigin")]
public sealed record ResourceOrigin
{
    /// <summary>The client's id of the call that made it: the same call again gets the same answer. Null when it sent none.</summary>
    [Id(0)] public string? InvocationId { get; init; }
    [Id(1)] public IReadOnlyList<Tag> Tags { get; init; } = [];
}
