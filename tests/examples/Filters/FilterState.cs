using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Examples.Filters;

/// <summary>What a filter remembers.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.Examples.FilterState")]
public sealed record FilterState : IResourceState<FilterState>
{
    public static ResourceKind<FilterState> Kind { get; } = new()
    {
        Noun = "filter", ArnType = "filter", Parent = DatasetGroupState.Kind, ParentOf = state => state.Filter.DatasetGroupArn,
        Uses =
        [
            new()
            {
                Of = DatasetGroupState.Kind, Holds = (state, group) => state.Filter.DatasetGroupArn == group,
                Sentence = (state, group) => $"The dataset group {group} has a filter: {state.Arn}.",
            },
        ],
    };

    [Id(0)] public required FilterRecord Filter { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();

    [JsonIgnore] public Arn Arn => Filter.Arn;
    [JsonIgnore] public string Status => ResourceStatus.Active;
    public FilterState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>Which items may be recommended.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.Examples.FilterRecord")]
public sealed record FilterRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("filterArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    [Id(3), JsonPropertyName("filterExpression")] public required string Expression { get; init; }
    [Id(4), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
}
