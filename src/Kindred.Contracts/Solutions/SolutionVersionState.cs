using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Solutions;

/// <summary>What a version, of a solution or of a recommender, remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.SolutionVersionState")]
public sealed record SolutionVersionState : IResourceState<SolutionVersionState>
{
    public static ResourceKind<SolutionVersionState> Kind { get; } = new()
    {
        Noun = "solution version", ArnType = ResourceTypes.Solution, IsNested = true, GrainType = "solution-version",
        Parent = SolutionState.Kind, ParentOf = state => state.Version.SolutionArn,
        Uses =
        [
            new()
            {
                Of = SolutionState.Kind,
                Holds = (state, solution) => state.Version.SolutionArn == solution && ResourceStatus.IsUnfinished(state.Status),
                Sentence = (state, _) => $"The solution version {state.Arn} has not ended its training.",
            },
            new()
            {
                Of = DatasetState.Kind,
                Holds = (state, dataset) => state.Version.DatasetGroupArn.Name == dataset.Parent && ResourceStatus.IsUnfinished(state.Status),
                Sentence = (state, dataset) => $"The solution version {state.Arn} is being trained on the dataset {dataset}.",
            },
        ],
    };

    [Id(0)] public required SolutionVersionRecord Version { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>1 for a solution's first version, and one more for each later one.</summary>
    [Id(2)] public long Sequence { get; init; }
    /// <summary>The model artifact, relative to the data folder; null before the version is ACTIVE.</summary>
    [Id(3)] public string? ArtifactPath { get; init; }
    /// <summary>Quality on held-out users; null before the version is ACTIVE.</summary>
    [Id(4)] public IReadOnlyDictionary<string, double>? Metrics { get; init; }
    /// <summary>The newest import of interactions that was trained on; null when only streamed events were.</summary>
    [Id(5)] public string? LastImportJobArn { get; init; }
    /// <summary>Which streamed events were trained on: those below this log position.</summary>
    [Id(6)] public long EventsThrough { get; init; }
    /// <summary>Which models the version is made of, such as <c>item-kNN + popularity</c>; null before it is ACTIVE.</summary>
    [Id(7)] public string? Rung { get; init; }
    [Id(8)] public Refinement Refinement { get; init; }
    /// <summary>Why the refinement failed; null when it did not.</summary>
    [Id(9)] public string? RefinementFailure { get; init; }
    /// <summary>What one training of the model that serves was expected to take, told from the size of the data; null before it is ACTIVE.</summary>
    [Id(10)] public TimeSpan? QuotedDuration { get; init; }
    /// <summary>Likewise its memory at the peak, in bytes.</summary>
    [Id(11)] public long? QuotedBytes { get; init; }
    /// <summary>The version that this one goes on from; null when it was trained from nothing.</summary>
    [Id(12)] public string? UpdatesVersionArn { get; init; }
    /// <summary>Whether the refinement that is under way is an incremental update of the model that serves.</summary>
    [Id(13)] public bool IsUpdating { get; init; }
    /// <summary>Incremental updates that the model has had.</summary>
    [Id(14)] public int Updates { get; init; }
    /// <summary>The newest import of items that was trained on; null when there was none.</summary>
    [Id(15)] public string? LastItemsImportJobArn { get; init; }
    /// <summary>
    /// What the data are like, in a line: how often users come back to what they have met, and whether rows are baskets; null before the
    /// version is ACTIVE.
    /// </summary>
    [Id(16)] public string? Habit { get; init; }
    /// <summary>How the model that serves got better while it was trained; null where that was not measured.</summary>
    [Id(17)] public IReadOnlyList<CurvePoint>? Curve { get; init; }
    /// <summary>Where each of <see cref="Metrics"/> lies with 95 % confidence; one that has no interval is left out.</summary>
    [Id(18)] public IReadOnlyDictionary<string, MetricInterval>? Intervals { get; init; }
    /// <summary>
    /// When users were deleted on whose data, among others', the model that serves was trained; null when none was. A version that is
    /// trained from nothing is free of them.
    /// </summary>
    [Id(19)] public DateTimeOffset? DataDeletedAt { get; init; }
    /// <summary>What popularity alone reaches with the same held-out users, by the same names; null where the recipe is not for users.</summary>
    [Id(20)] public IReadOnlyDictionary<string, double>? Popularity { get; init; }
    /// <summary>Where each of <see cref="Popularity"/> lies with 95 % confidence.</summary>
    [Id(21)] public IReadOnlyDictionary<string, MetricInterval>? PopularityIntervals { get; init; }

    [JsonIgnore] public Arn Arn => Version.Arn;
    [JsonIgnore] public string Status => Version.Status;
    public SolutionVersionState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>
/// A model of a solution, trained or in training, with the settings that the solution had when it began. Those of recommenders are the same,
/// under ARNs of recommenders, so that no list or request of solutions finds them.
/// </summary>
[GenerateSerializer, Immutable, Alias("Kindred.SolutionVersionRecord")]
public sealed record SolutionVersionRecord
{
    /// <summary>Null when nobody named it.</summary>
    [Id(0)] public string? Name { get; init; }
    [Id(1), JsonPropertyName("solutionVersionArn")] public required Arn Arn { get; init; }
    /// <summary>Whose version it is: a solution, or a recommender.</summary>
    [Id(2)] public required Arn SolutionArn { get; init; }
    [Id(3)] public required Arn DatasetGroupArn { get; init; }
    /// <summary>Null while <see cref="PerformAutoML"/> has yet to choose it.</summary>
    [Id(4)] public string? RecipeArn { get; init; }
    [Id(5)] public bool PerformHPO { get; init; }
    [Id(6)] public bool PerformAutoML { get; init; }
    [Id(7)] public bool PerformIncrementalUpdate { get; init; }
    /// <summary>Only events of this type train; null for all.</summary>
    [Id(8)] public string? EventType { get; init; }
    [Id(9), JsonPropertyName("solutionConfig")] public SolutionConfig? Config { get; init; }
    /// <summary><c>FULL</c> or <c>UPDATE</c>.</summary>
    [Id(10)] public required string TrainingMode { get; init; }
    /// <summary><c>MANUAL</c> or <c>AUTOMATIC</c>.</summary>
    [Id(11)] public required string TrainingType { get; init; }
    /// <summary>What all trainings of the version took together; null before the first has ended.</summary>
    [Id(12)] public double? TrainingHours { get; init; }
    /// <summary>What a search found best; null without one.</summary>
    [Id(13), JsonPropertyName("tunedHPOParams")] public TunedParameters? Tuned { get; init; }
    [Id(14)] public required string Status { get; init; }
    [Id(15)] public string? FailureReason { get; init; }
    [Id(16), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(17), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Hyperparameters that a search chose, by their names.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.TunedParameters")]
public sealed record TunedParameters
{
    [Id(0), JsonPropertyName("algorithmHyperParameters")] public required IReadOnlyDictionary<string, string> Algorithm { get; init; }
}
