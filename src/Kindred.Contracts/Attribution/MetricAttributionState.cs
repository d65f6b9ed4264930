using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Attribution;

/// <summary>What a metric attribution remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.MetricAttributionState")]
public sealed record MetricAttributionState : IResourceState<MetricAttributionState>
{
    public static ResourceKind<MetricAttributionState> Kind { get; } = new()
    {
        Noun = "metric attribution", ArnType = ResourceTypes.MetricAttribution, HasTags = false,
        Parent = DatasetGroupState.Kind, ParentOf = state => state.Attribution.DatasetGroupArn,
        Uses =
        [
            new()
            {
                Of = DatasetGroupState.Kind, Holds = (state, group) => state.Attribution.DatasetGroupArn == group,
                Sentence = (state, group) => $"The dataset group {group} has a metric attribution: {state.Arn}.",
            },
            new()
            {
                Of = DatasetState.Kind,
                Holds = (state, dataset) => dataset.Parent == state.Attribution.DatasetGroupArn.Name && !dataset.Name.EndsWith(DatasetTypes.Users, StringComparison.Ordinal),
                Sentence = (state, dataset) => $"The metric attribution {state.Arn} reads the dataset {dataset}.",
            },
        ],
    };

    [Id(0)] public required AttributionRecord Attribution { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();

    [JsonIgnore] public Arn Arn => Attribution.Arn;
    [JsonIgnore] public string Status => Attribution.Status;
    public MetricAttributionState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>What is counted of a dataset group's events, and where reports on imports go.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.AttributionRecord")]
public sealed record AttributionRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("metricAttributionArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    [Id(3)] public required IReadOnlyList<AttributedMetric> Metrics { get; init; }
    /// <summary>A folder of a bucket; null when there are to be no reports.</summary>
    [Id(4)] public string? OutputPath { get; init; }
    [Id(5)] public string? OutputKmsKeyArn { get; init; }
    [Id(6)] public required string RoleArn { get; init; }
    [Id(7)] public required string Status { get; init; }
    [Id(8), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(9), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <param name="Expression">Such as <c>SUM(Items.PRICE)</c>.</param>
[GenerateSerializer, Immutable, Alias("Kindred.AttributedMetric")]
public sealed record AttributedMetric(
    [property: Id(0)] string EventType,
    [property: Id(1)] string Name,
    [property: Id(2)] string Expression);
