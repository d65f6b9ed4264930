using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Batches;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

/// <summary>Making dataset export jobs; runs on the tenant's turn.</summary>
internal sealed class ExportJobOperations(IGrainFactory grains, Inventory inventory, TenantAllowances allowances, TimeProvider clock)
{
    public async Task<CreateDatasetExportJobResponse> CreateAsync(CreateDatasetExportJobRequest request, Caller caller)
    {
        var arn = caller.Name<DatasetExportJobState>(request.JobName);
        if (!await grains.IsRepeatAsync<DatasetExportJobState>(arn, caller))
        {
            var dataset = await grains.ExpectAsync<DatasetState>(caller.Own<DatasetState>(request.DatasetArn));
            Check(request, dataset);
            var created = Created(arn, dataset, request, caller);
            var unfinished = (await inventory.OfAccountAsync<DatasetExportJobState>(arn)).Count(job => ResourceStatus.IsUnfinished(job.Status));
            var most = (await allowances.OfAsync(arn.Account)).UnfinishedExportJobs;
            if (unfinished >= most) throw Refuse.TooManyUnfinished(most, "dataset export jobs");
            await grains.Resource<DatasetExportJobState>(arn).CreateAsync(created);
        }
        if (ResourceStatus.IsUnfinished((await grains.FindAsync<DatasetExportJobState>(arn))?.Status))
            await grains.GetGrain<IJobControl>(arn.ToString()).StartAsync(JobKind.Export);
        return new CreateDatasetExportJobResponse { DatasetExportJobArn = arn.ToString() };
    }

    private static void Check(CreateDatasetExportJobRequest request, DatasetState dataset)
    {
        var faults = new Faults();
        faults.Require(dataset.Data.DatasetType is DatasetTypes.Interactions or DatasetTypes.Items or DatasetTypes.Users,
            $"The dataset {dataset.Arn} is of the type {dataset.Data.DatasetType}; only interactions, items and users can be exported.");
        OutputRules.CheckOutput(request.JobOutput.S3DataDestination.Path, faults);
        faults.ThrowIfAny();
    }

    private DatasetExportJobState Created(Arn arn, DatasetState dataset, CreateDatasetExportJobRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        var output = request.JobOutput.S3DataDestination;
        return new DatasetExportJobState
        {
            ExportJob = new ExportJobRecord
            {
                Name = request.JobName, Arn = arn, DatasetArn = dataset.Arn, IngestionMode = request.IngestionMode ?? IngestionModes.Put,
                RoleArn = request.RoleArn, Output = new ObjectLocation(output.Path, output.KmsKeyArn),
                Status = ResourceStatus.CreatePending, CreatedAt = now, UpdatedAt = now,
            },
            Origin = caller.Origin(request.Tags),
        };
    }
}
