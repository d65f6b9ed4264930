using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class DatasetImportJobHandlers
{
    public static void AddDatasetImportJobHandlers(this OperationTable table)
    {
        table.Handle<CreateDatasetImportJobRequest, CreateDatasetImportJobResponse>(
            "CreateDatasetImportJob", (request, context) => context.Tenant().CreateDatasetImportJobAsync(request, context.Caller));
        table.Handle<DescribeDatasetImportJobRequest, DescribeDatasetImportJobResponse>("DescribeDatasetImportJob", DescribeAsync);
        table.Handle<ListDatasetImportJobsRequest, ListDatasetImportJobsResponse>("ListDatasetImportJobs", ListAsync);
    }

    private static async Task<DescribeDatasetImportJobResponse> DescribeAsync(
        DescribeDatasetImportJobRequest request, OperationContext context)
    {
        var job = await context.Resource<IDatasetImportJobGrain>(request.DatasetImportJobArn, ResourceTypes.DatasetImportJob)
            .DescribeAsync(context.CancellationToken);
        return new() { DatasetImportJob = ResourceCalls.Found(job, request.DatasetImportJobArn) };
    }

    private static async Task<ListDatasetImportJobsResponse> ListAsync(ListDatasetImportJobsRequest request, OperationContext context)
    {
        var list = new ResourceList<DatasetImportJobState, DatasetImportJobSummary>(
            "ListDatasetImportJobs", StateNames.DatasetImportJob,
            Arn.Prefix(context.Caller.Region, context.Caller.Account, ResourceTypes.DatasetImportJob),
            request.DatasetArn ?? "",
            state => request.DatasetArn is null || state.ImportJob?.DatasetArn == request.DatasetArn ? Summarize(state.ImportJob) : null);
        var (jobs, nextToken) = await ResourcePages.Of(context).ReadAsync(list, context, request.MaxResults, request.NextToken);
        return new() { DatasetImportJobs = jobs, NextToken = nextToken };
    }

    private static DatasetImportJobSummary? Summarize(DatasetImportJob? job) => job is null ? null : new()
    {
        DatasetImportJobArn = job.DatasetImportJobArn,
        JobName = job.JobName,
        Status = job.Status,
        CreationDateTime = job.CreationDateTime,
        LastUpdatedDateTime = job.LastUpdatedDateTime,
        FailureReason = job.FailureReason,
        ImportMode = job.ImportMode,
    };
}
