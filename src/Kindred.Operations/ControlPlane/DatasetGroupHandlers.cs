using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class DatasetGroupHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateDatasetGroupRequest, CreateDatasetGroupResponse>();
        table.Change<DeleteDatasetGroupRequest>();
        table.Describe<DatasetGroupState, DescribeDatasetGroupRequest, DescribeDatasetGroupResponse>(
            request => request.DatasetGroupArn, state => new() { DatasetGroup = Describe(state.DatasetGroup) });
        table.List<DatasetGroupState, DatasetGroupSummary, ListDatasetGroupsRequest, ListDatasetGroupsResponse>(
            request => new(request.MaxResults, request.NextToken), state => Summarize(state.DatasetGroup),
            (groups, nextToken) => new() { DatasetGroups = groups, NextToken = nextToken });
    }

    private static DatasetGroup Describe(DatasetGroupRecord group) => new()
    {
        Name = group.Name,
        DatasetGroupArn = group.Arn.ToString(),
        Status = group.Status,
        RoleArn = group.RoleArn,
        KmsKeyArn = group.KmsKeyArn,
        Domain = group.Domain,
        CreationDateTime = group.CreatedAt,
        LastUpdatedDateTime = group.UpdatedAt,
    };

    private static DatasetGroupSummary Summarize(DatasetGroupRecord group) => new()
    {
        Name = group.Name,
        DatasetGroupArn = group.Arn.ToString(),
        Status = group.Status,
        Domain = group.Domain,
        CreationDateTime = group.CreatedAt,
        LastUpdatedDateTime = group.UpdatedAt,
    };
}
