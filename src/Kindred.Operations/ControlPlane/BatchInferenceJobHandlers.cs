using Kindred.Contracts.Batches;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class BatchInferenceJobHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateBatchInferenceJobRequest, CreateBatchInferenceJobResponse>();
        table.Describe<BatchInferenceJobState, DescribeBatchInferenceJobRequest, DescribeBatchInferenceJobResponse>(
            request => request.BatchInferenceJobArn, state => new() { BatchInferenceJob = Describe(state) });
        table.List<BatchInferenceJobState, BatchInferenceJobSummary, ListBatchInferenceJobsRequest, ListBatchInferenceJobsResponse>(
            request => new(request.MaxResults, request.NextToken, request.SolutionVersionArn), Summarize,
            (jobs, nextToken) => new() { BatchInferenceJobs = jobs, NextToken = nextToken });
    }

    private static BatchInferenceJob Describe(BatchInferenceJobState state) => new()
    {
        JobName = state.Job.Name,
        BatchInferenceJobArn = state.Arn.ToString(),
        FilterArn = state.Job.FilterArn?.ToString(),
        FailureReason = state.Job.FailureReason,
        SolutionVersionArn = state.Job.SolutionVersionArn.ToString(),
        NumResults = state.Job.NumResults,
        JobInput = new() { S3DataSource = state.Job.Input.Describe() },
        JobOutput = new() { S3DataDestination = state.Job.Output.Describe() },
        BatchInferenceJobConfig = state.Config,
        RoleArn = state.Job.RoleArn,
        BatchInferenceJobMode = state.Mode,
        Status = state.Status,
        CreationDateTime = state.Job.CreatedAt,
        LastUpdatedDateTime = state.Job.UpdatedAt,
    };

    private static BatchInferenceJobSummary Summarize(BatchInferenceJobState state) => new()
    {
        BatchInferenceJobArn = state.Arn.ToString(),
        JobName = state.Job.Name,
        Status = state.Status,
        CreationDateTime = state.Job.CreatedAt,
        LastUpdatedDateTime = state.Job.UpdatedAt,
        FailureReason = state.Job.FailureReason,
        SolutionVersionArn = state.Job.SolutionVersionArn.ToString(),
        BatchInferenceJobMode = state.Mode,
    };
}
