using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.ControlPlane;

internal static class SolutionVersionHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateSolutionVersionRequest, CreateSolutionVersionResponse>();
        table.Change<StopSolutionVersionCreationRequest>();
        table.Describe<SolutionVersionState, DescribeSolutionVersionRequest, DescribeSolutionVersionResponse>(
            request => request.SolutionVersionArn, state => new() { SolutionVersion = Describe(state.Version) });
        table.Describe<SolutionVersionState, GetSolutionMetricsRequest, GetSolutionMetricsResponse>(
            request => request.SolutionVersionArn, state => new() { SolutionVersionArn = state.Arn.ToString(), Metrics = MetricsOf(state) });
        table.Handle<ListSolutionVersionsRequest, ListSolutionVersionsResponse>("ListSolutionVersions", ListAsync);
    }

    /// <summary>Unlike the other lists, this one refuses a parent that there is not.</summary>
    private static async Task<ListSolutionVersionsResponse> ListAsync(ListSolutionVersionsRequest request, OperationContext context)
    {
        if (request.SolutionArn is { } solution) await context.FindAsync<SolutionState>(solution);
        var pages = context.Services.GetRequiredService<ResourcePages>();
        var (versions, nextToken) = await pages.ReadAsync<SolutionVersionState, SolutionVersionSummary>(
            "ListSolutionVersions", new(request.MaxResults, request.NextToken, request.SolutionArn), state => Summarize(state.Version), context);
        return new() { SolutionVersions = versions, NextToken = nextToken };
    }

    public static SolutionVersionSummary Summarize(SolutionVersionRecord version) => new()
    {
        SolutionVersionArn = version.Arn.ToString(),
        TrainingMode = version.TrainingMode,
        TrainingType = version.TrainingType,
        Status = version.Status,
        FailureReason = version.FailureReason,
        CreationDateTime = version.CreatedAt,
        LastUpdatedDateTime = version.UpdatedAt,
    };

    private static IReadOnlyDictionary<string, double> MetricsOf(SolutionVersionState state) => state.Metrics
        ?? throw new RefusedException(
            ResourceStatus.IsUnfinished(state.Status) ? RefusalCode.ResourceInUse : RefusalCode.InvalidInput,
            $"The solution version {state.Arn} is {state.Status}; it has metrics once it is ACTIVE.");

    private static SolutionVersion Describe(SolutionVersionRecord version) => new()
    {
        Name = version.Name,
        SolutionVersionArn = version.Arn.ToString(),
        SolutionArn = version.SolutionArn.ToString(),
        DatasetGroupArn = version.DatasetGroupArn.ToString(),
        RecipeArn = version.RecipeArn,
        PerformHPO = version.PerformHPO,
        PerformAutoML = version.PerformAutoML,
        PerformIncrementalUpdate = version.PerformIncrementalUpdate,
        EventType = version.EventType,
        SolutionConfig = version.Config,
        TrainingHours = version.TrainingHours,
        TrainingMode = version.TrainingMode,
        TrainingType = version.TrainingType,
        TunedHPOParams = version.Tuned is { } tuned ? new() { AlgorithmHyperParameters = tuned.Algorithm } : null,
        Status = version.Status,
        FailureReason = version.FailureReason,
        CreationDateTime = version.CreatedAt,
        LastUpdatedDateTime = version.UpdatedAt,
    };
}
