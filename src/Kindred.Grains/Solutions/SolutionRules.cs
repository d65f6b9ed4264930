using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;

namespace Kindred.Grains.Solutions;

/// <summary>How a solution moves on, as pure functions.</summary>
internal static class SolutionRules
{
    public static SolutionState Update(SolutionState current, UpdateSolutionRequest request, DateTimeOffset now)
    {
        var solution = current.Solution;
        var config = solution.Config ?? new SolutionConfig();
        return current with
        {
            Solution = solution with
            {
                PerformAutoTraining = request.PerformAutoTraining ?? solution.PerformAutoTraining,
                PerformIncrementalUpdate = request.PerformIncrementalUpdate ?? solution.PerformIncrementalUpdate,
                Config = config with
                {
                    AutoTrainingConfig = request.SolutionUpdateConfig?.AutoTrainingConfig ?? config.AutoTrainingConfig,
                    EventsConfig = request.SolutionUpdateConfig?.EventsConfig ?? config.EventsConfig,
                },
                UpdatedAt = now,
                LatestUpdate = new SolutionUpdateRecord
                {
                    Config = request.SolutionUpdateConfig, PerformAutoTraining = request.PerformAutoTraining,
                    PerformIncrementalUpdate = request.PerformIncrementalUpdate, Status = ResourceStatus.Active,
                    CreatedAt = now, UpdatedAt = now,
                },
            },
        };
    }

    public static SolutionState BeginDelete(SolutionState current, DateTimeOffset now) => current with
    {
        Solution = current.Solution with { Status = ResourceStatus.DeleteInProgress, UpdatedAt = now },
    };
}
