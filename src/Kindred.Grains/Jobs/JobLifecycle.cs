using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Recommenders;
using Kindred.Grains.Attribution;
using Kindred.Grains.Datasets;
using Kindred.Grains.Files;
using Kindred.Grains.Resources;
using Kindred.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Jobs;

/// <summary>
/// Takes up whatever another process left unfinished, oldest first: when the silo has started, and whenever another silo has left. Lets
/// running jobs go before the silo stops. Jobs that somebody is doing are left alone: they are leased.
/// </summary>
internal sealed partial class JobLifecycle(
    IGrainFactory grains, Inventory inventory, IEnumerable<IResourceWork> works, IEnumerable<IResourceDeletion> deletions,
    LeftoverSweep leftovers, JobExecutor executor, SiloMembers members,
    CompactionSchedule compaction, AttributionSchedule attribution, ILogger<JobLifecycle> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    // After everything else has started, and stopped before anything else: until then grains can be called.
    private const int Stage = ServiceLifecycleStage.Last - 1;

    private IDisposable? _departures;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(JobLifecycle), Stage, StartAsync, StopAsync);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await FinishDeletesAsync();
        await leftovers.RunAsync(cancellationToken);
        executor.Start();
        await ResumeAllAsync();
        await SyncEndpointsAsync();
        compaction.Start();
        attribution.Start();
        _departures = members.OnLeave(silo => _ = Task.Run(() => TakeOverAsync(silo)));
    }

    /// <summary>A minute earlier than the jobs' own reminders would.</summary>
    private async Task TakeOverAsync(string silo)
    {
        LogLeft(silo);
        try
        {
            await ResumeAllAsync();
        }
        catch (Exception failure)
        {
            LogNotTakenOver(silo, failure);
        }
    }

    private async Task ResumeAllAsync()
    {
        var unfinished = new List<UnfinishedWork>();
        foreach (var work in works) unfinished.AddRange(await work.FindUnfinishedAsync());
        foreach (var (resource, kind, _) in unfinished.OrderBy(work => work.Since)) await ResumeAsync(resource, kind);
    }

    private async Task ResumeAsync(Arn arn, JobKind kind)
    {
        try
        {
            using var entry = CallerContext.EnterService(arn.Account, "taking up of a job");
            await grains.GetGrain<IJobControl>(arn.ToString()).StartAsync(kind);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One tenant's broken job does not keep the others waiting; its reminder comes back to it.
            LogNotResumed(kind, arn, failure);
        }
    }

    private Task StopAsync(CancellationToken cancellationToken)
    {
        _departures?.Dispose();
        compaction.Stop();
        attribution.Dispose();
        return executor.StopAsync(cancellationToken);
    }

    private async Task FinishDeletesAsync()
    {
        // What came last first: it may keep what it depends on from being deleted.
        foreach (var deletion in deletions.Reverse())
        {
            foreach (var arn in (await deletion.FindInterruptedAsync(inventory)).Select(state => state.Arn))
            {
                using var entry = CallerContext.EnterService(arn.Account, "end of an interrupted delete");
                await grains.GetGrain<ITenantControl>(arn.Account).FinishDeleteAsync(arn);
            }
        }
    }

    /// <summary>A version may have become ACTIVE, or got its full model, in the very moment in which the last process died.</summary>
    private async Task SyncEndpointsAsync()
    {
        foreach (var recommender in await inventory.EverywhereAsync<RecommenderState>())
        {
            using var entry = CallerContext.EnterService(recommender.Arn.Account, "start of a silo");
            await grains.GetGrain<ITenantControl>(recommender.Arn.Account).SyncRecommenderAsync(recommender.Arn);
        }

        var campaigns = await inventory.EverywhereAsync<CampaignState>();
        foreach (var solution in campaigns.Select(state => state.SolutionArn).Distinct())
        {
            using var entry = CallerContext.EnterService(solution.Account, "start of a silo");
            await grains.GetGrain<ITenantControl>(solution.Account).SyncCampaignsAsync(solution);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} of {Resource} could not be resumed")]
    private partial void LogNotResumed(JobKind kind, Arn resource, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Silo} has left; its jobs are taken over")]
    private partial void LogLeft(string silo);

    [LoggerMessage(Level = LogLevel.Error, Message = "The jobs of silo {Silo} wait for their reminders")]
    private partial void LogNotTakenOver(string silo, Exception failure);
}
