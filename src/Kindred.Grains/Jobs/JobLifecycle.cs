using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Datasets;
using Kindred.Grains.Files;
using Kindred.Grains.Resources;
using Kindred.Grains.Solutions;
using Kindred.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Jobs;

/// <summary>
/// Takes up, when the silo has started, whatever the last process left unfinished, oldest first; and lets running jobs go
/// before the silo stops.
/// </summary>
internal sealed partial class JobLifecycle(
    IGrainFactory grains, Inventory inventory, OrphanSweep orphans, JobExecutor executor, CompactionSchedule compaction, JobOptions options, ILogger<JobLifecycle> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    // After everything else has started, and stopped before anything else: until then grains can be called.
    private const int Stage = ServiceLifecycleStage.Last - 1;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(JobLifecycle), Stage, StartAsync, StopAsync);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await orphans.RunAsync();
        executor.Start();
        await FinishDeletesAsync();
        foreach (var (arn, kind, _) in (await FindUnfinishedAsync()).OrderBy(work => work.Since))
            await ResumeAsync(arn, kind);
        await SyncCampaignsAsync();
        compaction.Start();
    }

    private async Task ResumeAsync(string arn, JobKind kind)
    {
        try
        {
            await grains.GetGrain<IJobControl>(arn).StartAsync(kind);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One tenant's broken job does not keep the others waiting; its reminder comes back to it.
            LogNotResumed(kind, arn, failure);
        }
    }

    private Task StopAsync(CancellationToken cancellationToken)
    {
        compaction.Stop();
        return executor.StopAsync(cancellationToken);
    }

    private async Task FinishDeletesAsync()
    {
        var solutions = await inventory.AllAsync<SolutionState>(StateNames.Solution, "");
        foreach (var solution in solutions.Where(solution => solution.Solution!.Status is ResourceStatus.DeleteInProgress))
        {
            var arn = Arn.Parse(solution.Solution!.SolutionArn!);
            await grains.GetGrain<ITenantControl>(arn.Account).FinishDeleteAsync(arn);
        }
    }

    /// <summary>The resources are asked, not the jobs: a process may have died between the two writes of a create.</summary>
    private async Task<List<(string Arn, JobKind Kind, DateTimeOffset? Since)>> FindUnfinishedAsync()
    {
        var imports = (await inventory.AllAsync<DatasetImportJobState>(StateNames.DatasetImportJob, "")).Select(state => state.ImportJob!)
            .Where(job => ResourceStatus.IsUnfinished(job.Status)).Select(job => (job.DatasetImportJobArn!, JobKind.Import, job.CreationDateTime));
        var trainings = (await inventory.AllAsync<SolutionVersionState>(StateNames.SolutionVersion, ""))
            .Where(SolutionVersionRules.IsUnfinished).Select(state => (state.Version!.SolutionVersionArn!, TrainingLadder.KindOf(state, options.QuickFirst), state.Version.CreationDateTime));
        var deploys = (await inventory.AllAsync<CampaignState>(StateNames.Campaign, "")).Where(state => state.Pending is not null)
            .Select(state => (state.Campaign!.CampaignArn!, JobKind.Deploy, state.Campaign.LatestCampaignUpdate?.CreationDateTime ?? state.Campaign.CreationDateTime));
        return [.. imports, .. trainings, .. deploys];
    }

    /// <summary>A version may have become ACTIVE, or got its full model, in the very moment in which the last process died.</summary>
    private async Task SyncCampaignsAsync()
    {
        var campaigns = await inventory.AllAsync<CampaignState>(StateNames.Campaign, "");
        foreach (var solution in campaigns.Select(state => state.SolutionArn).Distinct())
            await grains.GetGrain<ITenantControl>(solution.Account).SyncCampaignsAsync(solution);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} of {Resource} could not be resumed")]
    private partial void LogNotResumed(JobKind kind, string resource, Exception failure);
}
