using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Solutions;

/// <summary>What a solution remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.SolutionState")]
public sealed record SolutionState : IResourceState
{
    /// <summary>The solution without its latest version, which the versions themselves remember.</summary>
    [Id(0)] public Solution? Solution { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
}
