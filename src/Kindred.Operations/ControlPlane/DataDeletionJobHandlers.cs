using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class DataDeletionJobHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateDataDeletionJobRequest, CreateDataDeletionJobResponse>();
        table.Describe<DataDeletionJobState, DescribeDataDeletionJobRequest, DescribeDataDeletionJobResponse>(
            request => request.DataDeletionJobArn, state => new() { DataDeletionJob = Describe(state) });
        table.List<DataDeletionJobState, DataDeletionJobSummary, ListDataDeletionJobsRequest, ListDataDeletionJobsResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetGroupArn), state => Summarize(state.DeletionJob),
            (jobs, nextToken) => new() { DataDeletionJobs = jobs, NextToken = nextToken });
    }

    private static DataDeletionJob Describe(DataDeletionJobState state) => new()
    {
        JobName = state.DeletionJob.Name,
        DataDeletionJobArn = state.Arn.ToString(),
        DatasetGroupArn = state.DeletionJob.DatasetGroupArn.ToString(),
        DataSource = new() { DataLocation = state.DeletionJob.Source.Location },
        RoleArn = state.DeletionJob.RoleArn,
        Status = state.Status,
        NumDeleted = state.Status is ResourceStatus.Completed ? (int)Math.Min(int.MaxValue, state.Receipt?.Rows ?? 0) : null,
        FailureReason = state.DeletionJob.FailureReason,
        CreationDateTime = state.DeletionJob.CreatedAt,
        LastUpdatedDateTime = state.DeletionJob.UpdatedAt,
    };

    private static DataDeletionJobSummary Summarize(DeletionJobRecord job) => new()
    {
        DataDeletionJobArn = job.Arn.ToString(),
        DatasetGroupArn = job.DatasetGroupArn.ToString(),
        JobName = job.Name,
        Status = job.Status,
        FailureReason = job.FailureReason,
        CreationDateTime = job.CreatedAt,
        LastUpdatedDateTime = job.UpdatedAt,
    };
}
