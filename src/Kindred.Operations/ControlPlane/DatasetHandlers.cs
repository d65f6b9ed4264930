using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class DatasetHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateDatasetRequest, CreateDatasetResponse>();
        table.Change<UpdateDatasetRequest, UpdateDatasetResponse>();
        table.Change<DeleteDatasetRequest>();
        table.Describe<DatasetState, DescribeDatasetRequest, DescribeDatasetResponse>(
            request => request.DatasetArn, state => new() { Dataset = Describe(state.Dataset) });
        table.List<DatasetState, DatasetSummary, ListDatasetsRequest, ListDatasetsResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetGroupArn), state => Summarize(state.Dataset),
            (datasets, nextToken) => new() { Datasets = datasets, NextToken = nextToken });
    }

    private static Dataset Describe(DatasetRecord dataset) => new()
    {
        Name = dataset.Name,
        DatasetArn = dataset.Arn.ToString(),
        DatasetGroupArn = dataset.DatasetGroupArn.ToString(),
        DatasetType = dataset.DatasetType,
        SchemaArn = dataset.SchemaArn.ToString(),
        Status = dataset.Status,
        CreationDateTime = dataset.CreatedAt,
        LastUpdatedDateTime = dataset.UpdatedAt,
        TrackingId = dataset.TrackingId,
        LatestDatasetUpdate = dataset.LatestUpdate is { } update
            ? new()
            {
                SchemaArn = update.SchemaArn.ToString(), Status = update.Status,
                CreationDateTime = update.CreatedAt, LastUpdatedDateTime = update.UpdatedAt,
            }
            : null,
    };

    private static DatasetSummary Summarize(DatasetRecord dataset) => new()
    {
        Name = dataset.Name,
        DatasetArn = dataset.Arn.ToString(),
        DatasetType = dataset.DatasetType,
        Status = dataset.Status,
        CreationDateTime = dataset.CreatedAt,
        LastUpdatedDateTime = dataset.UpdatedAt,
    };
}
