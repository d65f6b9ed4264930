using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Solutions;

/// <summary>What a solution remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.SolutionState")]
public sealed record SolutionState : IResourceState<SolutionState>
{
    public static ResourceKind<SolutionState> Kind { get; } = new()
    {
        Noun = "solution", ArnType = ResourceTypes.Solution,
        Parent = DatasetGroupState.Kind, ParentOf = state => state.Solution.DatasetGroupArn,
        Uses =
        [
            new()
            {
                Of = DatasetGroupState.Kind, Holds = (state, group) => state.Solution.DatasetGroupArn == group,
                Sentence = (state, group) => $"The dataset group {group} has a solution: {state.Arn}.",
            },
        ],
    };

    [Id(0)] public required SolutionRecord Solution { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();

    [JsonIgnore] public Arn Arn => Solution.Arn;
    [JsonIgnore] public string Status => Solution.Status;
    public SolutionState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>A recipe with its configuration, to be trained on one dataset group. Its versions remember themselves.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.SolutionRecord")]
public sealed record SolutionRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("solutionArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    /// <summary>Null when <see cref="PerformAutoML"/> chooses it.</summary>
    [Id(3)] public string? RecipeArn { get; init; }
    [Id(4)] public bool PerformHPO { get; init; }
    [Id(5)] public bool PerformAutoML { get; init; }
    [Id(6)] public bool PerformAutoTraining { get; init; }
    [Id(7)] public bool PerformIncrementalUpdate { get; init; }
    /// <summary>Only events of this type train; null for all.</summary>
    [Id(8)] public string? EventType { get; init; }
    /// <summary>As the client gave it.</summary>
    [Id(9), JsonPropertyName("solutionConfig")] public SolutionConfig? Config { get; init; }
    [Id(10)] public required string Status { get; init; }
    [Id(11), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(12), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
    [Id(13), JsonPropertyName("latestSolutionUpdate")] public SolutionUpdateRecord? LatestUpdate { get; init; }
}

/// <summary>What a client changed last; null members were left as they were.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.SolutionUpdateRecord")]
public sealed record SolutionUpdateRecord
{
    [Id(0), JsonPropertyName("solutionUpdateConfig")] public SolutionUpdateConfig? Config { get; init; }
    [Id(1)] public bool? PerformAutoTraining { get; init; }
    [Id(2)] public bool? PerformIncrementalUpdate { get; init; }
    [Id(3)] public required string Status { get; init; }
    [Id(4), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(5), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}
