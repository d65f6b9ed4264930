using Kindred.Contracts.Catalog;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Solutions;

/// <summary>How a solution version moves on, as pure functions.</summary>
internal static class SolutionVersionRules
{
    public static SolutionVersionState Begin(SolutionVersionState current, DateTimeOffset now) =>
        Is(current, ResourceStatus.CreatePending) ? Move(current, ResourceStatus.CreateInProgress, now) : current;

    /// <summary>Whether a training has something to do: the first one, or the refinement.</summary>
    public static bool WantsTraining(SolutionVersionState current) =>
        Is(current, ResourceStatus.CreatePending) || Is(current, ResourceStatus.CreateInProgress) || IsRefining(current);

    /// <summary>An ACTIVE version whose full model is still to come.</summary>
    public static bool IsRefining(SolutionVersionState current) => Is(current, ResourceStatus.Active) && current.Refinement is Refinement.UnderWay;

    /// <summary>An ACTIVE version whose model takes in new items.</summary>
    public static bool IsUpdating(SolutionVersionState current) => IsRefining(current) && current.IsUpdating;

    /// <summary>The model that serves is to take in new items; nothing changes where jobs still work on the version.</summary>
    public static SolutionVersionState BeginUpdate(SolutionVersionState current) =>
        Is(current, ResourceStatus.Active) && !IsRefining(current) && current.ArtifactPath is not null
            ? current with { Refinement = Refinement.UnderWay, RefinementFailure = null, IsUpdating = true }
            : current;

    /// <summary>Whether jobs still work on the version, as quotas count it.</summary>
    public static bool IsUnfinished(SolutionVersionState current) => ResourceStatus.IsUnfinished(current.Status) || IsRefining(current);

    /// <summary>
    /// The training came to its end: with the version's first model, or with the one that replaces it. When somebody had asked it to
    /// stop by then, the model is not wanted.
    /// </summary>
    public static SolutionVersionState Complete(SolutionVersionState current, TrainingResult result, DateTimeOffset now)
    {
        if (!WantsTraining(current)) return Stop(current, now);
        var version = current.Version;
        return current with
        {
            Version = version with
            {
                Status = ResourceStatus.Active, UpdatedAt = now, RecipeArn = result.RecipeArn,
                TrainingHours = (version.TrainingHours ?? 0) + result.Duration.TotalHours,
                Tuned = result.Tuned is null ? version.Tuned : new TunedParameters { Algorithm = result.Tuned },
            },
            Refinement = result.MoreFollows ? Refinement.UnderWay : IsRefining(current) ? Refinement.Done : Refinement.None,
            ArtifactPath = result.ArtifactPath, Metrics = result.Metrics, Rung = result.Rung, Habit = result.Habit,
            QuotedDuration = result.QuotedDuration, QuotedBytes = result.QuotedBytes,
            LastImportJobArn = result.LastImportJobArn, EventsThrough = result.EventsThrough, LastItemsImportJobArn = result.LastItemsImportJobArn,
            Curve = result.Curve, Intervals = result.Intervals, Popularity = result.Popularity, PopularityIntervals = result.PopularityIntervals,
            // A model that goes on from an older one keeps what that one has learnt.
            DataDeletedAt = IsUpdating(current) || current.UpdatesVersionArn is not null ? current.DataDeletedAt : null,
            IsUpdating = false, Updates = IsUpdating(current) ? current.Updates + 1 : current.Updates,
        };
    }

    /// <summary>Users were deleted: whatever model the version has, or goes on from, was trained on their data too.</summary>
    public static SolutionVersionState MarkDeletion(SolutionVersionState current, DateTimeOffset now) =>
        current.DataDeletedAt is null && (current.ArtifactPath is not null || current.UpdatesVersionArn is not null)
            ? current with { DataDeletedAt = now } : current;

    /// <summary>A refinement that fails leaves the version as it serves.</summary>
    public static SolutionVersionState Fail(SolutionVersionState current, string reason, DateTimeOffset now)
    {
        if (IsRefining(current)) return current with { Refinement = Refinement.Failed, RefinementFailure = reason, IsUpdating = false };
        return WantsTraining(current) ? Move(current, ResourceStatus.CreateFailed, now, reason) : Stop(current, now);
    }

    /// <exception cref="Contracts.Refusals.RefusedException">The version has ended its training.</exception>
    public static SolutionVersionState BeginStop(SolutionVersionState current, DateTimeOffset now) => current.Status switch
    {
        ResourceStatus.CreatePending or ResourceStatus.CreateInProgress => Move(current, ResourceStatus.CreateStopping, now),
        ResourceStatus.CreateStopping => current,
        ResourceStatus.Active when IsRefining(current) => current with { Refinement = Refinement.Stopped, IsUpdating = false },
        var status => throw Refuse.Invalid(
            $"The solution version {current.Arn} is {status}; "
            + "only one that is CREATE PENDING or CREATE IN_PROGRESS, or is being refined, can be stopped."),
    };

    /// <summary>The training has stopped; a version that serves goes on serving.</summary>
    public static SolutionVersionState Stop(SolutionVersionState current, DateTimeOffset now) =>
        IsRefining(current) ? current with { Refinement = Refinement.Stopped, IsUpdating = false }
        : ResourceStatus.IsUnfinished(current.Status) ? Move(current, ResourceStatus.CreateStopped, now)
        : current;

    private static bool Is(SolutionVersionState state, string status) => state.Status == status;

    private static SolutionVersionState Move(SolutionVersionState current, string status, DateTimeOffset now, string? reason = null) => current with
    {
        Version = current.Version with { Status = status, FailureReason = reason, UpdatedAt = now },
    };
}
