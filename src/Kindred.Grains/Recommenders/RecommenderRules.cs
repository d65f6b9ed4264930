using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Recipes.Catalog;

namespace Kindred.Grains.Recommenders;

/// <summary>
/// How a recommender moves on, as pure functions. Its first training and a start show in its own status, what a client changes in its latest
/// update; a model that is renewed without anybody asking shows nowhere but in its time.
/// </summary>
internal static class RecommenderRules
{
    /// <summary>What a recommender is to be after an update: members that it leaves out stay as they were.</summary>
    public static RecommenderConfig Merge(RecommenderConfig? current, RecommenderConfig update) => new()
    {
        ItemExplorationConfig = update.ItemExplorationConfig ?? current?.ItemExplorationConfig,
        MinRecommendationRequestsPerSecond = update.MinRecommendationRequestsPerSecond ?? current?.MinRecommendationRequestsPerSecond,
        TrainingDataConfig = update.TrainingDataConfig ?? current?.TrainingDataConfig,
        EnableMetadataWithRecommendations = update.EnableMetadataWithRecommendations ?? current?.EnableMetadataWithRecommendations,
    };

    /// <summary>Whether two configurations train on the same columns.</summary>
    public static bool TrainAlike(TrainingDataConfig? one, TrainingDataConfig? other) =>
        AreAlike(one?.ExcludedDatasetColumns, other?.ExcludedDatasetColumns) && AreAlike(one?.IncludedDatasetColumns, other?.IncludedDatasetColumns);

    /// <summary>Whether a recommender trains anew by itself: its model is old, and there is new data.</summary>
    /// <param name="serving">The version that it serves.</param>
    public static bool IsDue(
        RecommenderState current, SolutionVersionState serving, RecipeDescription recipe, DatasetState? interactions, long eventsThrough,
        DateTimeOffset now) =>
        current is { Status: ResourceStatus.Active, TrainingArn: null, Next: null } && !IsUpdating(current) && interactions is not null
        && !SolutionVersionRules.IsUnfinished(serving) && now >= serving.Version.CreatedAt + recipe.RetrainedAfter
        && AutoTrainingRules.HasNewData(serving, interactions, eventsThrough);

    /// <exception cref="Contracts.Refusals.RefusedException">It is not ACTIVE, or an earlier update has not ended.</exception>
    public static void RequireSettled(RecommenderState current, string wish)
    {
        if (current.Status is not ResourceStatus.Active)
            throw Refuse.InUse($"The recommender {current.Arn} is {current.Status}; it can be {wish} while it is ACTIVE.");
        if (IsUpdating(current))
            throw Refuse.InUse($"The latest update of the recommender {current.Arn} has not ended; it can be {wish} once it has.");
    }

    /// <param name="trainingArn">The version that trains for the update; null when the model stays, and is deployed anew.</param>
    public static RecommenderState BeginUpdate(RecommenderState current, RecommenderConfig config, string? trainingArn, DateTimeOffset now)
    {
        RequireSettled(current, "updated");
        return current with
        {
            TrainingArn = trainingArn, Next = trainingArn is null ? current.Next ?? current.Model : null,
            Recommender = current.Recommender with
            {
                LatestUpdate = new RecommenderUpdateRecord
                {
                    Config = config, Status = ResourceStatus.CreatePending, CreatedAt = now, UpdatedAt = now,
                },
            },
        };
    }

    public static RecommenderState BeginRenewal(RecommenderState current, string trainingArn) =>
        current is { Status: ResourceStatus.Active, TrainingArn: null, Next: null } ? current with { TrainingArn = trainingArn } : current;

    /// <summary>Work on a version or a model has begun.</summary>
    public static RecommenderState Begin(RecommenderState current, DateTimeOffset now) => current.Status switch
    {
        ResourceStatus.CreatePending => Move(current, ResourceStatus.CreateInProgress, now),
        ResourceStatus.StartPending => Move(current, ResourceStatus.StartInProgress, now),
        _ when current.Recommender.LatestUpdate is { Status: ResourceStatus.CreatePending } =>
            Show(current, ResourceStatus.CreateInProgress, null, now),
        _ => current,
    };

    /// <summary>The version has been trained: its model is to be deployed.</summary>
    public static RecommenderState BeginDeploy(RecommenderState current, RecommenderModel model) =>
        current.TrainingArn == model.VersionArn.ToString() ? current with { TrainingArn = null, Next = model } : current;

    /// <returns>The same state when something else, or nothing, was to be served.</returns>
    public static RecommenderState CompleteDeploy(RecommenderState current, string versionArn, DateTimeOffset now)
    {
        if (current.Next is not { } next || next.VersionArn.ToString() != versionArn) return current;
        var shown = IsUpdating(current) ? Show(current, ResourceStatus.Active, null, now) : current;
        return Numbered(shown with
        {
            Model = next, Next = null,
            Recommender = shown.Recommender with
            {
                Status = ResourceStatus.Active, FailureReason = null, UpdatedAt = now,
                Config = IsUpdating(current) ? current.Recommender.LatestUpdate!.Config : current.Recommender.Config,
            },
        }, now);
    }

    /// <summary>A version has a better model, under another path: whatever serves or is to serve the version takes it.</summary>
    public static RecommenderState ReplaceModel(RecommenderState current, RecommenderModel model, DateTimeOffset now)
    {
        bool Replaces(RecommenderModel? old) => old?.VersionArn == model.VersionArn && old.ArtifactPath != model.ArtifactPath;

        if (!Replaces(current.Model) && !Replaces(current.Next)) return current;
        var replaced = current with
        {
            Model = Replaces(current.Model) ? model : current.Model, Next = Replaces(current.Next) ? model : current.Next,
            Recommender = current.Recommender with { UpdatedAt = now },
        };
        return Numbered(replaced, now);
    }

    /// <summary>The training or the deploy under way has failed. What served before goes on serving.</summary>
    public static RecommenderState Fail(RecommenderState current, string reason, DateTimeOffset now)
    {
        if (current is { TrainingArn: null, Next: null }) return current;
        var idle = current with { TrainingArn = null, Next = null };
        return current.Status switch
        {
            ResourceStatus.CreatePending or ResourceStatus.CreateInProgress => Move(idle, ResourceStatus.CreateFailed, now, reason),
            ResourceStatus.StartPending or ResourceStatus.StartInProgress => Move(idle, ResourceStatus.Inactive, now, reason),
            _ => IsUpdating(current) ? Show(idle, ResourceStatus.CreateFailed, reason, now) : idle,
        };
    }

    /// <summary>It serves no more, and is not renewed.</summary>
    public static RecommenderState Stop(RecommenderState current, DateTimeOffset now)
    {
        RequireSettled(current, "stopped");
        return Numbered(Move(current with { TrainingArn = null, Next = null }, ResourceStatus.Inactive, now), now);
    }

    public static RecommenderState Start(RecommenderState current, DateTimeOffset now) => current.Status is ResourceStatus.Inactive
        ? Move(current with { Next = current.Model }, ResourceStatus.StartPending, now)
        : throw Refuse.InUse($"The recommender {current.Arn} is {current.Status}; it can be started while it is INACTIVE.");

    public static RecommenderState BeginDelete(RecommenderState current, DateTimeOffset now) =>
        Numbered(Move(current, ResourceStatus.DeleteInProgress, now), now);

    private static bool IsUpdating(RecommenderState current) => ResourceStatus.IsUnfinished(current.Recommender.LatestUpdate?.Status);

    private static RecommenderState Numbered(RecommenderState current, DateTimeOffset now) =>
        current with { Number = ChangeNumber.Next(current.Number, now) };

    private static RecommenderState Move(RecommenderState current, string status, DateTimeOffset now, string? reason = null) => current with
    {
        Recommender = current.Recommender with { Status = status, FailureReason = reason, UpdatedAt = now },
    };

    private static RecommenderState Show(RecommenderState current, string status, string? reason, DateTimeOffset now) => current with
    {
        Recommender = current.Recommender with
        {
            LatestUpdate = current.Recommender.LatestUpdate! with { Status = status, FailureReason = reason, UpdatedAt = now },
        },
    };

    private static bool AreAlike(
        IReadOnlyDictionary<string, IReadOnlyList<string>>? one, IReadOnlyDictionary<string, IReadOnlyList<string>>? other)
    {
        static HashSet<(string, string)> Columns(IReadOnlyDictionary<string, IReadOnlyList<string>>? lists) =>
            [.. (lists ?? new Dictionary<string, IReadOnlyList<string>>()).SelectMany(
                list => list.Value.Select(column => (list.Key.ToUpperInvariant(), column)))];

        return Columns(one).SetEquals(Columns(other));
    }
}
