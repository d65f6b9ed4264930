using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
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
    TenantLimits limits, TimeProvider clock)
{
    public async Task<CreateDatasetGroupResponse> CreateAsync(CreateDatasetGroupRequest request, Caller caller)
    {
        var arn = Arn.DatasetGroup(caller.Region, caller.Account, request.Name).Checked();
        var group = grains.GetGrain<IDatasetGroupResource>(arn.ToString());
        if (!await group.IsRepeatAsync(arn, caller))
        {
            var created = Created(arn, request, caller);
            if ((await inventory.DatasetGroupsAsync(arn)).Count >= limits.DatasetGroups)
                throw Refuse.TooMany($"An account can have at most {limits.DatasetGroups} dataset groups.");
            // The log first: a group without one takes nothing in, a log without a group is empty and waits for the next try.
            await events.CreateAsync(arn, CancellationToken.None);
            await group.CreateAsync(created);
        }
        return new CreateDatasetGroupResponse { DatasetGroupArn = arn.ToString(), Domain = request.Domain };
    }

    public async Task DeleteAsync(DeleteDatasetGroupRequest request, Caller caller)
    {
        var arn = caller.Own(request.DatasetGroupArn, ResourceTypes.DatasetGroup);
        var group = grains.GetGrain<IDatasetGroupResource>(arn.ToString());
        if (await group.FindAsync() is null) throw Refuse.NotFound(arn);
        await RefuseWhileInUseAsync(arn);

        // The mark goes first: if the process dies on the way, the next start deletes the rest.
        await group.BeginDeleteAsync();
        await grains.GetGrain<IJobControl>(arn.ToString()).ForgetAsync();
        // Closes its files here; elsewhere they close when the news arrives.
        await directory.RefreshAsync(arn, CancellationToken.None);
        await events.DeleteAsync(arn, CancellationToken.None);
        await files.DeleteGroupAsync(arn);
        await group.DeleteAsync();
    }

    private async Task RefuseWhileInUseAsync(Arn arn)
    {
        if (await inventory.TrackerAsync(arn) is { } tracker)
            throw Refuse.InUse($"The dataset group {arn} has an event tracker: {tracker.Tracker!.EventTrackerArn}.");
        if (await inventory.SolutionsAsync(arn) is [var solution, ..])
            throw Refuse.InUse($"The dataset group {arn} has a solution: {solution.Solution!.SolutionArn}.");
        if (await inventory.DatasetsAsync(arn) is [var dataset, ..])
            throw Refuse.InUse($"The dataset group {arn} has a dataset: {dataset.Dataset!.DatasetArn}.");
    }

    private DatasetGroupState Created(Arn arn, CreateDatasetGroupRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new DatasetGroupState
        {
            DatasetGroup = new DatasetGroup
            {
                Name = request.Name, DatasetGroupArn = arn.ToString(), Status = ResourceStatus.Active, Domain = request.Domain,
                RoleArn = request.RoleArn, KmsKeyArn = request.KmsKeyArn, CreationDateTime = now, LastUpdatedDateTime = now,
            },
            Origin = caller.Origin(request.Tags),
        };
    }
}
