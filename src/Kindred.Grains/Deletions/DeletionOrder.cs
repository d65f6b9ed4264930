using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Deletions;

/// <summary>
/// What was there when a data deletion job was asked for goes, and what came later stays: so it waits for imports that are older, whose
/// rows would come back otherwise, and no compaction mixes what was streamed before it began with what was streamed since.
/// </summary>
internal sealed class DeletionOrder(IGrainFactory grains, Inventory inventory)
{
    /// <summary>Whether an import or another deletion that was asked for before the job has not ended yet.</summary>
    public async Task<bool> MustWaitAsync(DataDeletionJobState deletion)
    {
        var job = deletion.DeletionJob;
        var imports = await inventory.OfAccountAsync<DatasetImportJobState>(job.Arn);
        if (imports.Exists(import => ResourceStatus.IsUnfinished(import.Status)
            && import.ImportJob.DatasetArn.Parent == job.DatasetGroupArn.Name && import.ImportJob.CreatedAt <= job.CreatedAt))
            return true;
        // Times are compared as they are stored, which is less exactly than a grain remembers its own.
        var deletions = await inventory.InAsync<DataDeletionJobState>(job.DatasetGroupArn);
        var stored = deletions.Find(other => other.Arn == job.Arn)?.DeletionJob ?? job;
        return deletions.Exists(other => ResourceStatus.IsUnfinished(other.Status) && IsBefore(other.DeletionJob, stored));
    }

    /// <summary>An import has ended: jobs that may have waited for it look again.</summary>
    public async Task WakeAfterImportAsync(Arn importJob)
    {
        if (await grains.FindAsync<DatasetImportJobState>(importJob) is not { } import) return;
        var dataset = import.ImportJob.DatasetArn;
        await WakeAsync(Arn.DatasetGroup(dataset.Region, dataset.Account, dataset.Parent));
    }

    /// <summary>Likewise, when what they waited for was another one of them.</summary>
    public async Task WakeAsync(Arn datasetGroup)
    {
        foreach (var deletion in await inventory.InAsync<DataDeletionJobState>(datasetGroup))
        {
            if (deletion.Status is ResourceStatus.Pending)
                await grains.GetGrain<IJobControl>(deletion.Arn.ToString()).StartAsync(JobKind.DeleteData);
        }
    }

    /// <returns>The log position up to which a compaction of the group may go while a job has begun; null while none has.</returns>
    public async Task<long?> CompactThroughAsync(Arn datasetGroup) =>
        (await inventory.InAsync<DataDeletionJobState>(datasetGroup))
            .Where(deletion => deletion.Status is ResourceStatus.InProgress && deletion.Receipt is null).Min(deletion => deletion.EventsBefore);

    private static bool IsBefore(DeletionJobRecord a, DeletionJobRecord b) =>
        (a.CreatedAt, a.Name).CompareTo((b.CreatedAt, b.Name)) < 0;
}
