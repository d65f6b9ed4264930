using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Deletions;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Serving;

namespace Kindred.Grains.Datasets;

/// <summary>Publishes an import in its dataset's manifest with one write, and shows on the import job how it went.</summary>
internal sealed class ImportDecision(IGrainFactory grains, DataFiles files, GroupDirectory directory, DeletionOrder deletions) : IJobDecision
{
    public JobKind Kind => JobKind.Import;

    public JobLane Lane => JobLane.Data;

    /// <summary>An import builds on its dataset's manifest.</summary>
    public async Task<JobTerms> TermsAsync(Arn resource) =>
        await ImportJob(resource).FindAsync() is { } state ? new JobTerms { Guards = [state.ImportJob.DatasetArn.ToString()] } : JobTerms.Plain;

    public Task<bool> BeginAsync(Arn resource) => ImportJob(resource).BeginAsync();

    public async Task<bool> PublishAsync(Arn resource, JobResult result)
    {
        var (datasetArn, publication) = (ImportResult)result;
        var arn = Arn.Parse(datasetArn);
        var groupArn = Arn.DatasetGroup(arn.Region, arn.Account, arn.Parent);
        var dataset = grains.GetGrain<IDatasetResource>(datasetArn);
        if (await TryPublishAsync(dataset, publication) is not { } before) return false;
        await directory.RefreshAsync(groupArn, CancellationToken.None);
        var after = await dataset.FindAsync();
        files.DeleteWhenUnread(groupArn, DatasetRules.FilesOf(before).Except(after is null ? [] : DatasetRules.FilesOf(after.Data)).ToArray());
        await ImportJob(resource).CompleteAsync(publication);
        return true;
    }

    /// <summary>Nothing by itself; but a data deletion may have waited for its end.</summary>
    public async Task<JobKind> FollowedByAsync(Arn resource)
    {
        await deletions.WakeAfterImportAsync(resource);
        return JobKind.None;
    }

    public async Task FailAsync(Arn resource, string reason)
    {
        await ImportJob(resource).FailAsync(reason);
        await deletions.WakeAfterImportAsync(resource);
    }

    public Task StopAsync(Arn resource) => FailAsync(resource, "The import was stopped.");

    /// <returns>The manifest before; null when it is no longer the one that the import was built on.</returns>
    private static async Task<DatasetData?> TryPublishAsync(IDatasetResource dataset, ImportPublication publication)
    {
        try
        {
            return await dataset.PublishImportAsync(publication) ?? throw Refuse.NotFound(Arn.Parse(dataset.GetPrimaryKeyString()));
        }
        catch (RefusedException refused) when (refused.Code is RefusalCode.ServiceUnavailable)
        {
            return null;
        }
    }

    private IDatasetImportJobResource ImportJob(Arn arn) => grains.GetGrain<IDatasetImportJobResource>(arn.ToString());
}
