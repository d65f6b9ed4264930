using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Recommenders;

/// <summary>What a recommender remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.RecommenderState")]
public sealed record RecommenderState : IResourceState<RecommenderState>
{
    public static ResourceKind<RecommenderState> Kind { get; } = new()
    {
        Noun = "recommender", ArnType = ResourceTypes.Recommender,
        Parent = DatasetGroupState.Kind, ParentOf = state => state.Recommender.DatasetGroupArn,
        Uses =
        [
            new()
            {
                Of = DatasetGroupState.Kind, Holds = (state, group) => state.Recommender.DatasetGroupArn == group,
                Sentence = (state, group) => $"The dataset group {group} has a recommender: {state.Arn}.",
            },
            new()
            {
                Of = DatasetState.Kind,
                Holds = (state, dataset) => state.Recommender.DatasetGroupArn.Name == dataset.Parent
                    && state.Status is not (ResourceStatus.CreateFailed or ResourceStatus.Inactive),
                Sentence = (state, dataset) => $"The recommender {state.Arn} uses the dataset {dataset}.",
            },
        ],
    };

    [Id(0)] public required RecommenderRecord Recommender { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>What is served while the recommender is ACTIVE; null before its first training has ended well.</summary>
    [Id(2)] public RecommenderModel? Model { get; init; }
    /// <summary>What will be served when the deploy under way has ended well; null when none is.</summary>
    [Id(3)] public RecommenderModel? Next { get; init; }
    /// <summary>The version that is being trained for the recommender, <c>recommender/{name}/{id}</c>; null when none is.</summary>
    [Id(4)] public string? TrainingArn { get; init; }
    /// <summary>Of the <see cref="ChangedSubject.Recommender"/>: rises with every change of what is served.</summary>
    [Id(5)] public long Number { get; init; }

    [JsonIgnore] public Arn Arn => Recommender.Arn;
    [JsonIgnore] public string Status => Recommender.Status;
    public RecommenderState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>A model of a recommender, trained and complete.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.RecommenderModel")]
public sealed record RecommenderModel
{
    /// <summary>The version that has the model.</summary>
    [Id(0)] public required Arn VersionArn { get; init; }
    /// <summary>The model artifact, relative to the data folder.</summary>
    [Id(1)] public required string ArtifactPath { get; init; }
    /// <summary>Quality on held-out users.</summary>
    [Id(2)] public IReadOnlyDictionary<string, double>? Metrics { get; init; }
}

/// <summary>An endpoint for one use case of a domain, which trains and serves by itself.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.RecommenderRecord")]
public sealed record RecommenderRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("recommenderArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    /// <summary>The use case.</summary>
    [Id(3)] public required string RecipeArn { get; init; }
    /// <summary>What is in force; members that no client ever gave are null.</summary>
    [Id(4), JsonPropertyName("recommenderConfig")] public RecommenderConfig? Config { get; init; }
    [Id(5)] public required string Status { get; init; }
    [Id(6)] public string? FailureReason { get; init; }
    [Id(7), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(8), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>The newest change that a client asked for; null before there was one.</summary>
    [Id(9), JsonPropertyName("latestRecommenderUpdate")] public RecommenderUpdateRecord? LatestUpdate { get; init; }
}

/// <summary>A change of a recommender's configuration.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.RecommenderUpdateRecord")]
public sealed record RecommenderUpdateRecord
{
    /// <summary>All of it, also what stays as it was.</summary>
    [Id(0), JsonPropertyName("recommenderConfig")] public required RecommenderConfig Config { get; init; }
    [Id(1)] public required string Status { get; init; }
    [Id(2)] public string? FailureReason { get; init; }
    [Id(3), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(4), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}
