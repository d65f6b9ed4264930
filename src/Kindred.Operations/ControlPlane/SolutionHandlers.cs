using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;

namespace Kindred.Operations.ControlPlane;

internal static class SolutionHandlers
{
    public static void AddSolutionHandlers(this OperationTable table)
    {
        table.Handle<CreateSolutionRequest, CreateSolutionResponse>(
            "CreateSolution", (request, context) => context.Tenant().CreateSolutionAsync(request, context.Caller));
        table.Handle<UpdateSolutionRequest, UpdateSolutionResponse>(
            "UpdateSolution", (request, context) => context.Tenant().UpdateSolutionAsync(request, context.Caller));
        table.Handle<DeleteSolutionRequest>("DeleteSolution", (request, context) =>
            context.Tenant().DeleteSolutionAsync(request, context.Caller));
        table.Handle<DescribeSolutionRequest, DescribeSolutionResponse>("DescribeSolution", DescribeAsync);
        table.Handle<ListSolutionsRequest, ListSolutionsResponse>("ListSolutions", ListAsync);
    }

    private static async Task<DescribeSolutionResponse> DescribeAsync(DescribeSolutionRequest request, OperationContext context)
    {
        var solution = await context.Resource<ISolutionGrain>(request.SolutionArn, ResourceTypes.Solution)
            .DescribeAsync(context.CancellationToken);
        return new() { Solution = ResourceCalls.Found(solution, request.SolutionArn) };
    }

    private static async Task<ListSolutionsResponse> ListAsync(ListSolutionsRequest request, OperationContext context)
    {
        var list = new ResourceList<SolutionState, SolutionSummary>(
            "ListSolutions", StateNames.Solution, Arn.Prefix(context.Caller.Region, context.Caller.Account, ResourceTypes.Solution),
            request.DatasetGroupArn ?? "",
            state => request.DatasetGroupArn is null || state.Solution?.DatasetGroupArn == request.DatasetGroupArn
                ? Summarize(state.Solution) : null);
        var (solutions, nextToken) = await ResourcePages.Of(context).ReadAsync(list, context, request.MaxResults, request.NextToken);
        return new() { Solutions = solutions, NextToken = nextToken };
    }

    private static SolutionSummary? Summarize(Solution? solution) => solution is null ? null : new()
    {
        Name = solution.Name,
        SolutionArn = solution.SolutionArn,
        Status = solution.Status,
        CreationDateTime = solution.CreationDateTime,
        LastUpdatedDateTime = solution.LastUpdatedDateTime,
        RecipeArn = solution.RecipeArn,
    };
}
