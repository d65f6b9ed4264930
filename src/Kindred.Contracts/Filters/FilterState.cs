using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Filters;

/// <summary>What a filter remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.FilterState")]
public sealed record FilterState : IResourceState<FilterState>
{
    public static ResourceKind<FilterState> Kind { get; } = new()
    {
        Noun = "filter", ArnType = ResourceTypes.Filter, Parent = DatasetGroupState.Kind, ParentOf = state => state.Filter.DatasetGroupArn,
        Uses =
        [
            new()
            {
                Of = DatasetGroupState.Kind, Holds = (state, group) => state.Filter.DatasetGroupArn == group,
                Sentence = (state, group) => $"The dataset group {group} has a filter: {state.Arn}.",
            },
            new()
            {
                Of = DatasetState.Kind,
                Holds = (state, dataset) => dataset.Name.StartsWith($"{state.Filter.DatasetGroupArn.Name}/", StringComparison.Ordinal),
                Sentence = (state, dataset) => $"The filter {state.Arn} may read the dataset {dataset}.",
            },
        ],
    };

    [Id(0)] public required FilterRecord Filter { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Of the <see cref="ChangedSubject.Filter"/>.</summary>
    [Id(2)] public long Number { get; init; }

    [JsonIgnore] public Arn Arn => Filter.Arn;
    [JsonIgnore] public string Status => Filter.Status;
    public FilterState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>Which items may be shown.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.FilterRecord")]
public sealed record FilterRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("filterArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    [Id(3), JsonPropertyName("filterExpression")] public required string Expression { get; init; }
    [Id(4)] public required string Status { get; init; }
    [Id(5), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(6), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}
