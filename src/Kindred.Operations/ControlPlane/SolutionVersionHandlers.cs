using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;

namespace Kindred.Operations.ControlPlane;

internal static class SolutionVersionHandlers
{
    public static void AddSolutionVersionHandlers(this OperationTable table)
    {
        table.Handle<CreateSolutionVersionRequest, CreateSolutionVersionResponse>(
            "CreateSolutionVersion", (request, context) => context.Tenant().CreateSolutionVersionAsync(request, context.Caller));
        table.Handle<StopSolutionVersionCreationRequest>(
            "StopSolutionVersionCreation", (request, context) =>
                context.Tenant().StopSolutionVersionCreationAsync(request, context.Caller));
        table.Handle<DescribeSolutionVersionRequest, DescribeSolutionVersionResponse>("DescribeSolutionVersion", DescribeAsync);
        table.Handle<ListSolutionVersionsRequest, ListSolutionVersionsResponse>("ListSolutionVersions", ListAsync);
        table.Handle<GetSolutionMetricsRequest, GetSolutionMetricsResponse>("GetSolutionMetrics", GetMetricsAsync);
    }

    private static async Task<DescribeSolutionVersionResponse> DescribeAsync(
        DescribeSolutionVersionRequest request, OperationContext context)
    {
        var version = await Grain(context, request.SolutionVersionArn).DescribeAsync(context.CancellationToken);
        return new() { SolutionVersion = ResourceCalls.Found(version, request.SolutionVersionArn) };
    }

    private static async Task<GetSolutionMetricsResponse> GetMetricsAsync(GetSolutionMetricsRequest request, OperationContext context)
    {
        var state = await Grain(context, request.SolutionVersionArn).FindStateAsync(context.CancellationToken);
        var version = ResourceCalls.Found(state?.Version, request.SolutionVersionArn);
        var metrics = state!.Metrics ?? throw new RefusedException(
            RefusalCode.InvalidInput,
            $"The solution version {request.SolutionVersionArn} is {version.Status}; it has metrics once it is ACTIVE.");
        return new() { SolutionVersionArn = request.SolutionVersionArn, Metrics = metrics };
    }

    private static async Task<ListSolutionVersionsResponse> ListAsync(ListSolutionVersionsRequest request, OperationContext context)
    {
        var all = Arn.Prefix(context.Caller.Region, context.Caller.Account, ResourceTypes.Solution);
        var range = request.SolutionArn is { } solution ? $"{all}{ResourceCalls.Expect(solution, ResourceTypes.Solution).Name}/" : all;
        var list = new ResourceList<SolutionVersionState, SolutionVersionSummary>(
            "ListSolutionVersions", StateNames.SolutionVersion, range, request.SolutionArn ?? "", state => Summarize(state.Version));
        var (versions, nextToken) = await ResourcePages.Of(context).ReadAsync(list, context, request.MaxResults, request.NextToken);
        return new() { SolutionVersions = versions, NextToken = nextToken };
    }

    private static ISolutionVersionGrain Grain(OperationContext context, string arn) =>
        context.Resource<ISolutionVersionGrain>(arn, ResourceTypes.Solution, nested: true);

    private static SolutionVersionSummary? Summarize(SolutionVersion? version) => version is null ? null : new()
    {
        SolutionVersionArn = version.SolutionVersionArn,
        Status = version.Status,
        TrainingMode = version.TrainingMode,
        TrainingType = version.TrainingType,
        CreationDateTime = version.CreationDateTime,
        LastUpdatedDateTime = version.LastUpdatedDateTime,
        FailureReason = version.FailureReason,
    };
}
