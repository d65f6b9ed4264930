using Kindred.Contracts.Arns;
using Kindred.Contracts.Changes;

namespace Kindred.Contracts.Recommenders;

/// <summary>What the hot path needs to know of one ACTIVE recommender: the decision that its grain owns.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.RecommenderServing")]
public sealed record RecommenderServing
{
    [Id(0)] public required Arn RecommenderArn { get; init; }
    [Id(1)] public required Arn DatasetGroupArn { get; init; }
    [Id(2)] public required string RecipeArn { get; init; }
    /// <summary>The model artifact, relative to the data folder.</summary>
    [Id(3)] public required string ArtifactPath { get; init; }
    [Id(4)] public bool MetadataEnabled { get; init; }
    /// <summary><c>itemExplorationConfig</c>, as the client gave it.</summary>
    [Id(5)] public required IReadOnlyDictionary<string, string> ItemExploration { get; init; }
    /// <summary>Of the <see cref="ChangedSubject.Recommender"/>.</summary>
    [Id(6)] public required long Number { get; init; }
}
