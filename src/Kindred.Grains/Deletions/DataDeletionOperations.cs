using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Deletions;

/// <summary>Making data deletion jobs; runs on the tenant's turn.</summary>
internal sealed class DataDeletionOperations(IGrainFactory grains, Inventory inventory, TenantAllowances allowances, TimeProvider clock)
{
    public async Task<CreateDataDeletionJobResponse> CreateAsync(CreateDataDeletionJobRequest request, Caller caller)
    {
        var arn = caller.Name<DataDeletionJobState>(request.JobName);
        if (!await grains.IsRepeatAsync<DataDeletionJobState>(arn, caller))
        {
            var group = await grains.ExpectAsync<DatasetGroupState>(caller.Own<DatasetGroupState>(request.DatasetGroupArn));
            if (group.Status is not ResourceStatus.Active) throw Refuse.InUse($"The dataset group {group.Arn} is being deleted.");
            var location = request.DataSource.DataLocation ?? "";
            if (!location.StartsWith("s3://", StringComparison.Ordinal) && !location.StartsWith("file://", StringComparison.Ordinal))
                throw Refuse.Invalid($"Invalid Data location. '{location}' was given; s3://bucket/key.csv or s3://bucket/folder/ was expected.");
            var created = Created(arn, group.Arn, location, request, caller);
            var unfinished = (await inventory.InAsync<DataDeletionJobState>(group.Arn)).Count(job => ResourceStatus.IsUnfinished(job.Status));
            var most = (await allowances.OfAsync(arn.Account)).UnfinishedDeletionJobsPerGroup;
            if (unfinished >= most) throw Refuse.TooManyUnfinished(most, "data deletion jobs of a dataset group");
            await grains.Resource<DataDeletionJobState>(arn).CreateAsync(created);
        }
        if (ResourceStatus.IsUnfinished((await grains.FindAsync<DataDeletionJobState>(arn))?.Status))
            await grains.GetGrain<IJobControl>(arn.ToString()).StartAsync(JobKind.DeleteData);
        return new CreateDataDeletionJobResponse { DataDeletionJobArn = arn.ToString() };
    }

    private DataDeletionJobState Created(Arn arn, Arn group, string location, CreateDataDeletionJobRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new DataDeletionJobState
        {
            DeletionJob = new DeletionJobRecord
            {
                Name = request.JobName, Arn = arn, DatasetGroupArn = group, Source = new ImportSource { Location = location },
                RoleArn = request.RoleArn, Status = ResourceStatus.Pending, CreatedAt = now, UpdatedAt = now,
            },
            Origin = caller.Origin(request.Tags),
        };
    }
}
