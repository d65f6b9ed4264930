using Kindred.Contracts.Batches;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class BatchSegmentJobHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateBatchSegmentJobRequest, CreateBatchSegmentJobResponse>();
        table.Describe<BatchSegmentJobState, DescribeBatchSegmentJobRequest, DescribeBatchSegmentJobResponse>(
            request => request.BatchSegmentJobArn, state => new() { BatchSegmentJob = Describe(state.Job) });
        table.List<BatchSegmentJobState, BatchSegmentJobSummary, ListBatchSegmentJobsRequest, ListBatchSegmentJobsResponse>(
            request => new(request.MaxResults, request.NextToken, request.SolutionVersionArn), state => Summarize(state.Job),
            (jobs, nextToken) => new() { BatchSegmentJobs = jobs, NextToken = nextToken });
    }

    private static BatchSegmentJob Describe(BatchJobRecord job) => new()
    {
        JobName = job.Name,
        BatchSegmentJobArn = job.Arn.ToString(),
        FilterArn = job.FilterArn?.ToString(),
        FailureReason = job.FailureReason,
        SolutionVersionArn = job.SolutionVersionArn.ToString(),
        NumResults = job.NumResults,
        JobInput = new() { S3DataSource = job.Input.Describe() },
        JobOutput = new() { S3DataDestination = job.Output.Describe() },
        RoleArn = job.RoleArn,
        Status = job.Status,
        CreationDateTime = job.CreatedAt,
        LastUpdatedDateTime = job.UpdatedAt,
    };

    private static BatchSegmentJobSummary Summarize(BatchJobRecord job) => new()
    {
        BatchSegmentJobArn = job.Arn.ToString(),
        JobName = job.Name,
        Status = job.Status,
        CreationDateTime = job.CreatedAt,
        LastUpdatedDateTime = job.UpdatedAt,
        FailureReason = job.FailureReason,
        SolutionVersionArn = job.SolutionVersionArn.ToString(),
    };
}
