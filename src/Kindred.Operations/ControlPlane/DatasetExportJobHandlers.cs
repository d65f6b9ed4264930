using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class DatasetExportJobHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateDatasetExportJobRequest, CreateDatasetExportJobResponse>();
        table.Describe<DatasetExportJobState, DescribeDatasetExportJobRequest, DescribeDatasetExportJobResponse>(
            request => request.DatasetExportJobArn, state => new() { DatasetExportJob = Describe(state.ExportJob) });
        table.List<DatasetExportJobState, DatasetExportJobSummary, ListDatasetExportJobsRequest, ListDatasetExportJobsResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetArn), state => Summarize(state.ExportJob),
            (jobs, nextToken) => new() { DatasetExportJobs = jobs, NextToken = nextToken });
    }

    private static DatasetExportJob Describe(ExportJobRecord job) => new()
    {
        JobName = job.Name,
        DatasetExportJobArn = job.Arn.ToString(),
        DatasetArn = job.DatasetArn.ToString(),
        IngestionMode = job.IngestionMode,
        RoleArn = job.RoleArn,
        Status = job.Status,
        JobOutput = new() { S3DataDestination = job.Output.Describe() },
        CreationDateTime = job.CreatedAt,
        LastUpdatedDateTime = job.UpdatedAt,
        FailureReason = job.FailureReason,
    };

    private static DatasetExportJobSummary Summarize(ExportJobRecord job) => new()
    {
        DatasetExportJobArn = job.Arn.ToString(),
        JobName = job.Name,
        Status = job.Status,
        CreationDateTime = job.CreatedAt,
        LastUpdatedDateTime = job.UpdatedAt,
        FailureReason = job.FailureReason,
    };
}
