using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;

namespace Kindred.Grains.Solutions;

/// <summary>How a solution moves on, as pure functions.</summary>
internal static class SolutionRules
{
    public static SolutionState Update(SolutionState current, UpdateSolutionRequest request, DateTimeOffset now)
    {
        var solution = current.Solution!;
        var config = solution.SolutionConfig ?? new SolutionConfig();
        return current with
        {
            Solution = solution with
            {
                PerformAutoTraining = request.PerformAutoTraining ?? solution.PerformAutoTraining,
                PerformIncrementalUpdate = request.PerformIncrementalUpdate ?? solution.PerformIncrementalUpdate,
                SolutionConfig = config with
                {
                    AutoTrainingConfig = request.SolutionUpdateConfig?.AutoTrainingConfig ?? config.AutoTrainingConfig,
                    EventsConfig = request.SolutionUpdateConfig?.EventsConfig ?? config.EventsConfig,
                },
                LastUpdatedDateTime = now,
                LatestSolutionUpdate = new SolutionUpdateSummary
                {
                    SolutionUpdateConfig = request.SolutionUpdateConfig, PerformAutoTraining = request.PerformAutoTraining,
                    PerformIncrementalUpdate = request.PerformIncrementalUpdate, Status = ResourceStatus.Active,
                    CreationDateTime = now, LastUpdatedDateTime = now,
                },
            },
        };
    }

    /// <returns>The recipe that the newest ACTIVE version's AutoML chose; null before there is one.</returns>
    public static AutoMLResult? ChosenBy(IEnumerable<SolutionVersionState> versions) =>
        versions.Where(version => version.Version!.Status is ResourceStatus.Active).MaxBy(version => version.Sequence) is { } newest
            ? new AutoMLResult { BestRecipeArn = newest.Version!.RecipeArn }
            : null;

    public static SolutionState BeginDelete(SolutionState current, DateTimeOffset now) => current with
    {
        Solution = current.Solution! with { Status = ResourceStatus.DeleteInProgress, LastUpdatedDateTime = now },
    };
}
