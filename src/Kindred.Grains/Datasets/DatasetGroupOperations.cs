using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Serving;
using Kindred.Storage.Events;

namespace Kindred.Grains.Datasets;

/// <summary>Making and deleting dataset groups; runs on the tenant's turn.</summary>
internal sealed class DatasetGroupOperations(
    IGrainFactory grains, Inventory inventory, GroupDirectory directory, IEventLog events, DataFiles files,
    TenantAllowances allowances, TimeProvider clock)
{
    public async Task<CreateDatasetGroupResponse> CreateAsync(CreateDatasetGroupRequest request, Caller caller)
    {
        var arn = caller.Name<DatasetGroupState>(request.Name);
        if (!await grains.IsRepeatAsync<DatasetGroupState>(arn, caller))
        {
            var created = Created(arn, request, caller);
            var most = (await allowances.OfAsync(arn.Account)).DatasetGroups;
            if ((await inventory.OfAccountAsync<DatasetGroupState>(arn)).Count >= most)
                throw Refuse.TooMany($"The account can have at most {most} dataset groups.");
            // The log first: a group without one takes nothing in, a log without a group is empty and waits for the next try.
            await events.CreateAsync(arn, CancellationToken.None);
            await grains.Resource<DatasetGroupState>(arn).CreateAsync(created);
        }
        return new CreateDatasetGroupResponse { DatasetGroupArn = arn.ToString(), Domain = request.Domain };
    }

    public async Task DeleteAsync(DatasetGroupState group)
    {
        var arn = group.Arn;
        var resource = grains.GetGrain<IDatasetGroupResource>(arn.ToString());
        // The mark goes first: if the process dies on the way, the next start deletes the rest.
        await resource.BeginDeleteAsync();
        await grains.GetGrain<IJobControl>(arn.ToString()).ForgetAsync();
        // Closes its files here; elsewhere they close when the news arrives.
        await directory.RefreshAsync(arn, CancellationToken.None);
        await events.DeleteAsync(arn, CancellationToken.None);
        await files.DeleteGroupAsync(arn);
        await DeleteJobsAsync<DatasetImportJobState>(arn, job => job.ImportJob.DatasetArn.Parent);
        await DeleteJobsAsync<DatasetExportJobState>(arn, job => job.ExportJob.DatasetArn.Parent);
        await DeleteJobsAsync<BatchInferenceJobState>(arn, job => job.Job.DatasetGroupArn.Name);
        await DeleteJobsAsync<BatchSegmentJobState>(arn, job => job.Job.DatasetGroupArn.Name);
        await DeleteJobsAsync<DataDeletionJobState>(arn, job => job.DeletionJob.DatasetGroupArn.Name);
        await resource.DeleteAsync();
    }

    /// <summary>They tell what was read into the group, or out of it. With it they go, and their names are free again.</summary>
    private async Task DeleteJobsAsync<TState>(Arn group, Func<TState, string> groupOf) where TState : class, IResourceState<TState>
    {
        foreach (var job in await inventory.OfAccountAsync<TState>(group))
        {
            if (groupOf(job) != group.Name) continue;
            await grains.GetGrain<IJobControl>(job.Arn.ToString()).ForgetAsync();
            await grains.Resource<TState>(job.Arn).DeleteAsync();
        }
    }

    private DatasetGroupState Created(Arn arn, CreateDatasetGroupRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new DatasetGroupState
        {
            DatasetGroup = new DatasetGroupRecord
            {
                Name = request.Name, Arn = arn, Status = ResourceStatus.Active, Domain = request.Domain,
                RoleArn = request.RoleArn, KmsKeyArn = request.KmsKeyArn, CreatedAt = now, UpdatedAt = now,
            },
            Origin = caller.Origin(request.Tags),
        };
    }
}
