using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Serving;
using Kindred.Serving.Attribution;
using Kindred.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Datasets;

/// <summary>Puts what a compaction made into the manifests of a group's datasets, and lets go of the log that they replace.</summary>
internal sealed partial class CompactionDecision(
    IGrainFactory grains, IEventLog events, DataFiles files, GroupDirectory directory, AttributionCounter attributions,
    ILogger<CompactionDecision> logger) : IJobDecision
{
    public JobKind Kind => JobKind.Compact;

    public JobLane Lane => JobLane.Data;

    /// <summary>A compaction builds on the manifest of every dataset of its group.</summary>
    public async Task<JobTerms> TermsAsync(Arn resource) =>
        await Group(resource).GetDataAsync(CancellationToken.None) is { } group
            ? new JobTerms { Guards = group.Datasets.Select(dataset => dataset.DatasetArn.ToString()).ToArray() } : JobTerms.Plain;

    public async Task<bool> BeginAsync(Arn resource) => await Group(resource).GetDataAsync(CancellationToken.None) is { Datasets.Count: > 0 };

    public async Task<bool> PublishAsync(Arn resource, JobResult result)
    {
        var isWhole = true;
        foreach (var publication in ((CompactionResult)result).Publications)
        {
            var dataset = grains.GetGrain<IDatasetResource>(publication.DatasetArn);
            if (await dataset.PublishCompactionAsync(publication) is { } before) DropReplaced(resource, before, publication);
            else isWhole &= await dataset.FindAsync() is null; // nothing is missing where the dataset is gone
        }
        await directory.RefreshAsync(resource, CancellationToken.None);
        await DropLogAsync(resource);
        return isWhole;
    }

    public Task FailAsync(Arn resource, string reason) => Task.CompletedTask;

    public Task StopAsync(Arn resource) => Task.CompletedTask;

    private IDatasetGroupGrain Group(Arn arn) => grains.GetGrain<IDatasetGroupGrain>(arn.ToString());

    private void DropReplaced(Arn group, DatasetData before, CompactionPublication publication)
    {
        var replaced = DatasetRules.FilesOf(before.StreamedSegments, before.SnapshotPath);
        files.DeleteWhenUnread(group, replaced.Except(publication.Files).ToArray());
    }

    private async Task DropLogAsync(Arn resource)
    {
        if (await Group(resource).GetDataAsync(CancellationToken.None) is not { Datasets.Count: > 0 } group) return;
        var position = group.Datasets.Min(dataset => dataset.CompactedThrough);
        files.WhenUnread(resource, () => _ = DropAsync(resource, position));
    }

    private async Task DropAsync(Arn group, long position)
    {
        using var entry = CallerContext.EnterService(group.Account, "counting of attributed events");
        try
        {
            await attributions.CountAsync(group, CancellationToken.None, position);
            await events.DropBelowAsync(group, position, CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogNotDropped(group, position, failure); // nothing is wrong but the space that it takes; the next compaction drops it
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event log of {DatasetGroup} could not be dropped below {Position}")]
    private partial void LogNotDropped(Arn datasetGroup, long position, Exception failure);
}
