using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Recommenders;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Serving;
using Kindred.Serving.Watching;
using Kindred.Storage.Events;

namespace Kindred.Grains.Deletions;

/// <summary>
/// Publishes datasets without the users of a data deletion job, in one write each; makes trainings begin anew and marks the models that
/// know more than the datasets. When the last file is gone the job is COMPLETED, and not before.
/// </summary>
internal sealed class DeletionDecision(
    IGrainFactory grains, Inventory inventory, IEventLog events, DeletionOrder order, VersionFiles versionFiles, RecommenderVersions recommenders, GroupDirectory directory,
    EventWatch watch, TimeProvider clock) : IJobDecision
{
    public JobKind Kind => JobKind.DeleteData;

    public JobLane Lane => JobLane.Data;

    /// <summary>It builds on the manifest of every dataset of its group.</summary>
    public async Task<JobTerms> TermsAsync(Arn resource) =>
        await FindGroupAsync(resource) is { } group
            ? new JobTerms { Guards = [.. group.Datasets.Select(dataset => dataset.DatasetArn.ToString())] } : JobTerms.Plain;

    public async Task<bool> BeginAsync(Arn resource)
    {
        if (!await IsDueAsync(resource) || await Job(resource).FindAsync() is not { } state) return false;
        var before = state.EventsBefore ?? await events.SealAsync(state.DeletionJob.DatasetGroupArn, CancellationToken.None);
        return await Job(resource).BeginAsync(before);
    }

    public Task<bool> PublishAsync(Arn resource, JobResult result) =>
        result is DeletionResult deletion ? RemoveAsync(resource, deletion) : CompleteAsync(resource);

    /// <summary>What is removed from the datasets has to leave the disk next; and what was waited for may have ended just now.</summary>
    public async Task<JobKind> FollowedByAsync(Arn resource)
    {
        if (await IsDueAsync(resource)) return JobKind.DeleteData;
        // Only one that has ended wakes others: two that wait would wake each other, turn against turn.
        if (await Job(resource).FindAsync() is { } state && !ResourceStatus.IsUnfinished(state.Status))
            await order.WakeAsync(state.DeletionJob.DatasetGroupArn);
        return JobKind.None;
    }

    public async Task FailAsync(Arn resource, string reason)
    {
        await Job(resource).FailAsync(reason);
        await FollowedByAsync(resource);
    }

    public Task StopAsync(Arn resource) => FailAsync(resource, "The deletion was stopped.");

    private async Task<bool> RemoveAsync(Arn resource, DeletionResult result)
    {
        if (await Job(resource).FindAsync() is not { } state) return true;
        var isWhole = true;
        foreach (var publication in result.Publications)
            isWhole &= await grains.GetGrain<IDatasetResource>(publication.Data.DatasetArn.ToString()).PublishDeletionAsync(publication);
        var group = state.DeletionJob.DatasetGroupArn;
        await directory.RefreshAsync(group, CancellationToken.None);
        watch.Forget(group);
        if (!isWhole) return false;
        await Job(resource).RemovedAsync(await ReceiptAsync(resource, group, result));
        return true;
    }

    private async Task<bool> CompleteAsync(Arn resource)
    {
        await Job(resource).CompleteAsync();
        return true;
    }

    private async Task<DeletionReceipt> ReceiptAsync(Arn resource, Arn group, DeletionResult result)
    {
        // Some may have been published by an attempt that died: their datasets know.
        var datasets = (await inventory.InAsync<DatasetState>(group))
            .Where(dataset => DatasetRules.HasDeletion(dataset, resource.ToString())).Select(dataset => dataset.LastDeletion!).ToArray();
        var receipt = new DeletionReceipt
        {
            Users = result.Users, Datasets = datasets, LogRecords = result.LogRecords, RefusedRows = result.RefusedRows,
        };
        if (receipt.Rows + receipt.LogRecords == 0) return receipt;
        var versions = (await inventory.OfAccountAsync<SolutionVersionState>(group)).FindAll(version => version.Version.DatasetGroupArn == group);
        foreach (var recommender in await inventory.InAsync<RecommenderState>(group)) versions.AddRange(await recommenders.OfAsync(recommender.Arn));
        return receipt with
        {
            RestartedTrainings = [.. (await RestartAsync(versions)).Take(DeletionReceipt.MostListed)],
            TrainedBefore = [.. (await MarkAsync(versions)).Take(DeletionReceipt.MostListed)],
        };
    }

    private async Task<List<Arn>> RestartAsync(List<SolutionVersionState> versions)
    {
        var restarted = new List<Arn>();
        foreach (var version in versions.Where(SolutionVersionRules.IsUnfinished))
        {
            await versionFiles.DeleteTrainingAsync(version.Arn);
            await grains.GetGrain<IJobControl>(version.Arn.ToString()).RestartAsync();
            restarted.Add(version.Arn);
        }
        return restarted;
    }

    /// <summary>After the restarts: a version that came to its end before has its model by now.</summary>
    private async Task<List<Arn>> MarkAsync(List<SolutionVersionState> versions)
    {
        var marked = new List<Arn>();
        foreach (var version in versions)
        {
            var resource = grains.GetGrain<ISolutionVersionResource>(version.Arn.ToString());
            if (await resource.FindAsync() is not null && await resource.MarkDeletionAsync(clock.GetUtcNow())) marked.Add(version.Arn);
        }
        return marked;
    }

    private async Task<bool> IsDueAsync(Arn resource) =>
        await Job(resource).FindAsync() is { } state && ResourceStatus.IsUnfinished(state.Status) && !await order.MustWaitAsync(state);

    private async Task<GroupData?> FindGroupAsync(Arn resource) =>
        await Job(resource).FindAsync() is { } state
            ? await grains.GetGrain<IDatasetGroupGrain>(state.DeletionJob.DatasetGroupArn.ToString()).GetDataAsync(CancellationToken.None) : null;

    private IDataDeletionJobResource Job(Arn arn) => grains.GetGrain<IDataDeletionJobResource>(arn.ToString());
}
