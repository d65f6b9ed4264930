using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Examples.Recommenders;

/// <summary>What a recommender remembers.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.Examples.RecommenderState")]
public sealed record RecommenderState : IResourceState<RecommenderState>
{
    public static ResourceKind<RecommenderState> Kind { get; } = new()
    {
        Noun = "recommender", ArnType = "recommender", Parent = DatasetGroupState.Kind, ParentOf = state => state.Recommender.DatasetGroupArn,
        Uses =
        [
            new()
            {
                Of = DatasetGroupState.Kind, Holds = (state, group) => state.Recommender.DatasetGroupArn == group,
                Sentence = (state, group) => $"The dataset group {group} has a recommender: {state.Arn}.",
            },
        ],
    };

    [Id(0)] public required RecommenderRecord Recommender { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();

    [JsonIgnore] public Arn Arn => Recommender.Arn;
    [JsonIgnore] public string Status => ResourceStatus.Active;
    public RecommenderState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>What answers a use case.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.Examples.RecommenderRecord")]
public sealed record RecommenderRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("recommenderArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    [Id(3), JsonPropertyName("recipeArn")] public required string RecipeArn { get; init; }
    [Id(4), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
}
