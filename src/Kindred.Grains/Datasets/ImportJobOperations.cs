using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

/// <summary>Making dataset import jobs; runs on the tenant's turn.</summary>
internal sealed class ImportJobOperations(IGrainFactory grains, Inventory inventory, TenantAllowances allowances, TimeProvider clock)
{
    public const string Full = "FULL";
    public const string Incremental = "INCREMENTAL";

    public async Task<CreateDatasetImportJobResponse> CreateAsync(CreateDatasetImportJobRequest request, Caller caller)
    {
        var arn = caller.Name<DatasetImportJobState>(request.JobName);
        if (!await grains.IsRepeatAsync<DatasetImportJobState>(arn, caller))
        {
            var dataset = await grains.ExpectAsync<DatasetState>(caller.Own<DatasetState>(request.DatasetArn));
            var created = Created(arn, Check(request, dataset, await HasReportsAsync(dataset)), dataset, request, caller);
            var unfinished = (await inventory.OfAccountAsync<DatasetImportJobState>(arn)).Count(job => ResourceStatus.IsUnfinished(job.Status));
            var most = (await allowances.OfAsync(arn.Account)).UnfinishedImportJobs;
            if (unfinished >= most) throw Refuse.TooManyUnfinished(most, "dataset import jobs");
            await grains.Resource<DatasetImportJobState>(arn).CreateAsync(created);
        }
        if (ResourceStatus.IsUnfinished((await grains.FindAsync<DatasetImportJobState>(arn))?.Status))
            await grains.GetGrain<IJobControl>(arn.ToString()).StartAsync(JobKind.Import);
        return new CreateDatasetImportJobResponse { DatasetImportJobArn = arn.ToString() };
    }

    /// <returns>Where the data lie.</returns>
    private static string Check(CreateDatasetImportJobRequest request, DatasetState dataset, bool hasReports)
    {
        var faults = new Faults();
        var location = request.DataSource.DataLocation ?? "";
        faults.Require(
            (location.StartsWith("s3://", StringComparison.Ordinal) || location.StartsWith("file://", StringComparison.Ordinal)),
            $"Invalid Data location. '{location}' was given; s3://bucket/key or s3://bucket/folder/ was expected.");
        faults.Require(request.ImportMode is null or Full or Incremental, $"importMode is '{request.ImportMode}'; FULL or INCREMENTAL was expected.");
        faults.Require(request.ImportMode is not Incremental || dataset.LastImport is not null,
            $"importMode is INCREMENTAL, but nothing was imported into {request.DatasetArn} yet; the first import of a dataset must be FULL.");
        faults.Require(request.PublishAttributionMetricsToS3 is not true || hasReports,
            "publishAttributionMetricsToS3 is true, but the dataset group has no metric attribution with an s3DataDestination; leave it out.");
        faults.ThrowIfAny();
        return location;
    }

    private async Task<bool> HasReportsAsync(DatasetState dataset) =>
        (await inventory.InAsync<MetricAttributionState>(dataset.Dataset.DatasetGroupArn)).Exists(state => state.Attribution.OutputPath is not null);

    private DatasetImportJobState Created(
        Arn arn, string location, DatasetState dataset, CreateDatasetImportJobRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new DatasetImportJobState
        {
            ImportJob = new ImportJobRecord
            {
                Name = request.JobName, Arn = arn, DatasetArn = dataset.Arn, Source = new ImportSource { Location = location },
                RoleArn = request.RoleArn, ImportMode = request.ImportMode ?? Full,
                PublishAttributionMetricsToS3 = request.PublishAttributionMetricsToS3,
                Status = ResourceStatus.CreatePending, CreatedAt = now, UpdatedAt = now,
            },
            Origin = caller.Origin(request.Tags),
        };
    }
}
