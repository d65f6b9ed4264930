using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class DatasetHandlers
{
    public static void AddDatasetHandlers(this OperationTable table)
    {
        table.Handle<CreateDatasetRequest, CreateDatasetResponse>(
            "CreateDataset", (request, context) => context.Tenant().CreateDatasetAsync(request, context.Caller));
        table.Handle<DeleteDatasetRequest>("DeleteDataset", (request, context) =>
            context.Tenant().DeleteDatasetAsync(request, context.Caller));
        table.Handle<DescribeDatasetRequest, DescribeDatasetResponse>("DescribeDataset", DescribeAsync);
        table.Handle<ListDatasetsRequest, ListDatasetsResponse>("ListDatasets", ListAsync);
    }

    private static async Task<DescribeDatasetResponse> DescribeAsync(DescribeDatasetRequest request, OperationContext context)
    {
        var dataset = await context.Resource<IDatasetGrain>(request.DatasetArn, ResourceTypes.Dataset, nested: true)
            .DescribeAsync(context.CancellationToken);
        return new() { Dataset = ResourceCalls.Found(dataset, request.DatasetArn) };
    }

    private static async Task<ListDatasetsResponse> ListAsync(ListDatasetsRequest request, OperationContext context)
    {
        // A dataset's ARN begins with its group's name, so the datasets of one group are a key range of their own.
        var all = Arn.Prefix(context.Caller.Region, context.Caller.Account, ResourceTypes.Dataset);
        var range = request.DatasetGroupArn is { } group ? $"{all}{ResourceCalls.Expect(group, ResourceTypes.DatasetGroup).Name}/" : all;
        var list = new ResourceList<DatasetState, DatasetSummary>(
            "ListDatasets", StateNames.Dataset, range, request.DatasetGroupArn ?? "", state => Summarize(state.Dataset));
        var (datasets, nextToken) = await ResourcePages.Of(context).ReadAsync(list, context, request.MaxResults, request.NextToken);
        return new() { Datasets = datasets, NextToken = nextToken };
    }

    private static DatasetSummary? Summarize(Dataset? dataset) => dataset is null ? null : new()
    {
        Name = dataset.Name,
        DatasetArn = dataset.DatasetArn,
        DatasetType = dataset.DatasetType,
        Status = dataset.Status,
        CreationDateTime = dataset.CreationDateTime,
        LastUpdatedDateTime = dataset.LastUpdatedDateTime,
    };
}
