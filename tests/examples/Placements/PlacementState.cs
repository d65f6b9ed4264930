using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Examples.Placements;

/// <summary>What a placement remembers.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.Examples.PlacementState")]
public sealed record PlacementState : IResourceState<PlacementState>
{
    public static ResourceKind<PlacementState> Kind { get; } = new()
    {
        Noun = "placement", ArnType = "placement", Parent = DatasetGroupState.Kind, ParentOf = state => state.Placement.DatasetGroupArn,
        Uses =
        [
            new()
            {
                Of = DatasetGroupState.Kind, Holds = (state, group) => state.Placement.DatasetGroupArn == group,
                Sentence = (state, group) => $"The dataset group {group} has a placement: {state.Arn}.",
            },
        ],
    };

    [Id(0)] public required PlacementRecord Placement { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();

    [JsonIgnore] public Arn Arn => Placement.Arn;
    [JsonIgnore] public string Status => ResourceStatus.Active;
    public PlacementState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>What answers a use case.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.Examples.PlacementRecord")]
public sealed record PlacementRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("placementArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    [Id(3), JsonPropertyName("recipeArn")] public required string RecipeArn { get; init; }
    [Id(4), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
}
