using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Filters;
using Kindred.Contracts.Solutions;

namespace Kindred.Contracts.Batches;

/// <summary>What a batch job keeps from being deleted until it has ended.</summary>
internal static class BatchJobUses
{
    public static IReadOnlyList<ResourceUse<TState>> Of<TState>() where TState : class, IBatchJobState<TState> =>
    [
        new()
        {
            Of = FilterState.Kind, Holds = (state, filter) => state.Job.FilterArn == filter && IsUnfinished(state),
            Sentence = (state, filter) => $"The filter {filter} is used by {state.Arn}, which has not ended.",
        },
        new()
        {
            Of = SolutionState.Kind, Holds = (state, solution) => state.Job.SolutionVersionArn.Parent == solution.Name && IsUnfinished(state),
            Sentence = (state, solution) => $"A version of the solution {solution} is used by {state.Arn}, which has not ended.",
        },
        new()
        {
            Of = DatasetState.Kind, Holds = (state, dataset) => state.Job.DatasetGroupArn.Name == dataset.Parent && IsUnfinished(state),
            Sentence = (state, dataset) => $"The dataset {dataset} is read by {state.Arn}, which has not ended.",
        },
    ];

    private static bool IsUnfinished(IResourceState state) => ResourceStatus.IsUnfinished(state.Status);
}
