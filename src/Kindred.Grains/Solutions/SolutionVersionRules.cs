using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Solutions;

/// <summary>How a solution version moves on, as pure functions.</summary>
internal static class SolutionVersionRules
{
    public static SolutionVersionState Begin(SolutionVersionState current, DateTimeOffset now) =>
        Is(current, ResourceStatus.CreatePending) ? Move(current, ResourceStatus.CreateInProgress, now) : current;

    /// <summary>The training came to its end; when somebody had asked it to stop by then, it counts as stopped.</summary>
    public static SolutionVersionState Complete(SolutionVersionState current, TrainingResult result, DateTimeOffset now) =>
        Is(current, ResourceStatus.CreateStopping) ? Stop(current, now) : current with
        {
            Version = current.Version! with { Status = ResourceStatus.Active, TrainingHours = result.Duration.TotalHours, LastUpdatedDateTime = now },
            ArtifactPath = result.ArtifactPath, Metrics = result.Metrics, Rung = result.Rung,
            LastImportJobArn = result.LastImportJobArn, EventsThrough = result.EventsThrough,
        };

    public static SolutionVersionState Fail(SolutionVersionState current, string reason, DateTimeOffset now) =>
        Is(current, ResourceStatus.CreateStopping) ? Stop(current, now) : Move(current, ResourceStatus.CreateFailed, now, reason);

    /// <exception cref="Contracts.Refusals.RefusedException">The version has ended its training.</exception>
    public static SolutionVersionState BeginStop(SolutionVersionState current, DateTimeOffset now) => current.Version!.Status switch
    {
        ResourceStatus.CreatePending or ResourceStatus.CreateInProgress => Move(current, ResourceStatus.CreateStopping, now),
        ResourceStatus.CreateStopping => current,
        var status => throw Refuse.Invalid(
            $"The solution version {current.Version.SolutionVersionArn} is {status}; only one that is CREATE PENDING or CREATE IN_PROGRESS can be stopped."),
    };

    public static SolutionVersionState Stop(SolutionVersionState current, DateTimeOffset now) => Move(current, ResourceStatus.CreateStopped, now);

    public static SolutionVersionSummary Summarize(SolutionVersionState state)
    {
        var version = state.Version!;
        return new SolutionVersionSummary
        {
            SolutionVersionArn = version.SolutionVersionArn, Status = version.Status, TrainingMode = version.TrainingMode, TrainingType = version.TrainingType,
            CreationDateTime = version.CreationDateTime, LastUpdatedDateTime = version.LastUpdatedDateTime, FailureReason = version.FailureReason,
        };
    }

    private static bool Is(SolutionVersionState state, string status) => state.Version!.Status == status;

    private static SolutionVersionState Move(SolutionVersionState current, string status, DateTimeOffset now, string? reason = null) => current with
    {
        Version = current.Version! with { Status = status, FailureReason = reason, LastUpdatedDateTime = now },
    };
}
