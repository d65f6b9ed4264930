using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class DatasetGroupHandlers
{
    public static void AddDatasetGroupHandlers(this OperationTable table)
    {
        table.Handle<CreateDatasetGroupRequest, CreateDatasetGroupResponse>("CreateDatasetGroup", (request, context) =>
            context.Tenant().CreateDatasetGroupAsync(request, context.Caller));
        table.Handle<DeleteDatasetGroupRequest>("DeleteDatasetGroup", (request, context) =>
            context.Tenant().DeleteDatasetGroupAsync(request, context.Caller));
        table.Handle<DescribeDatasetGroupRequest, DescribeDatasetGroupResponse>("DescribeDatasetGroup", DescribeAsync);
        table.Handle<ListDatasetGroupsRequest, ListDatasetGroupsResponse>("ListDatasetGroups", ListAsync);
    }

    private static async Task<DescribeDatasetGroupResponse> DescribeAsync(DescribeDatasetGroupRequest request, OperationContext context)
    {
        var group = await context.Resource<IDatasetGroupGrain>(request.DatasetGroupArn, ResourceTypes.DatasetGroup)
            .DescribeAsync(context.CancellationToken);
        return new() { DatasetGroup = ResourceCalls.Found(group, request.DatasetGroupArn) };
    }

    private static async Task<ListDatasetGroupsResponse> ListAsync(ListDatasetGroupsRequest request, OperationContext context)
    {
        var list = new ResourceList<DatasetGroupState, DatasetGroupSummary>(
            "ListDatasetGroups", StateNames.DatasetGroup,
            Arn.Prefix(context.Caller.Region, context.Caller.Account, ResourceTypes.DatasetGroup), "",
            state => Summarize(state.DatasetGroup));
        var (groups, nextToken) = await ResourcePages.Of(context).ReadAsync(list, context, request.MaxResults, request.NextToken);
        return new() { DatasetGroups = groups, NextToken = nextToken };
    }

    private static DatasetGroupSummary? Summarize(DatasetGroup? group) => group is null ? null : new()
    {
        Name = group.Name,
        DatasetGroupArn = group.DatasetGroupArn,
        Status = group.Status,
        CreationDateTime = group.CreationDateTime,
        LastUpdatedDateTime = group.LastUpdatedDateTime,
        FailureReason = group.FailureReason,
        Domain = group.Domain,
    };
}
