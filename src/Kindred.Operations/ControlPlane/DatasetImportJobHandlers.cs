using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class DatasetImportJobHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateDatasetImportJobRequest, CreateDatasetImportJobResponse>();
        table.Describe<DatasetImportJobState, DescribeDatasetImportJobRequest, DescribeDatasetImportJobResponse>(
            request => request.DatasetImportJobArn, state => new() { DatasetImportJob = Describe(state.ImportJob) });
        table.List<DatasetImportJobState, DatasetImportJobSummary, ListDatasetImportJobsRequest, ListDatasetImportJobsResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetArn), state => Summarize(state.ImportJob),
            (jobs, nextToken) => new() { DatasetImportJobs = jobs, NextToken = nextToken });
    }

    private static DatasetImportJob Describe(ImportJobRecord job) => new()
    {
        JobName = job.Name,
        DatasetImportJobArn = job.Arn.ToString(),
        DatasetArn = job.DatasetArn.ToString(),
        DataSource = new() { DataLocation = job.Source.Location },
        RoleArn = job.RoleArn,
        ImportMode = job.ImportMode,
        PublishAttributionMetricsToS3 = job.PublishAttributionMetricsToS3,
        Status = job.Status,
        FailureReason = job.FailureReason,
        CreationDateTime = job.CreatedAt,
        LastUpdatedDateTime = job.UpdatedAt,
    };

    private static DatasetImportJobSummary Summarize(ImportJobRecord job) => new()
    {
        DatasetImportJobArn = job.Arn.ToString(),
        JobName = job.Name,
        ImportMode = job.ImportMode,
        Status = job.Status,
        FailureReason = job.FailureReason,
        CreationDateTime = job.CreatedAt,
        LastUpdatedDateTime = job.UpdatedAt,
    };
}
