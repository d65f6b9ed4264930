using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Deletions;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;

namespace Kindred.Grains.Datasets;

/// <summary>Moves a dataset group's streamed records from its log into segments and snapshots.</summary>
internal sealed class CompactionRunner(IGrainFactory grains, IEventLog events, IArtifactStore artifacts, DataFiles files, DeletionOrder deletions) : IJobRunner
{
    public JobKind Kind => JobKind.Compact;

    public async Task<JobResult> RunAsync(JobRun run)
    {
        run.Report(0, "compacting streamed records");
        var end = await events.EndPositionAsync(run.Resource, run.CancellationToken);
        if (await grains.GetGrain<IDatasetGroupGrain>(run.Resource.ToString()).GetDataAsync(run.CancellationToken) is not { } group)
            return new CompactionResult([]);
        if (await deletions.CompactThroughAsync(run.Resource) is { } most) end = Math.Min(end, most);
        using var reading = files.Read(run.Resource);
        var compactions = await EventCompactor.CompactAsync(artifacts, group, events, end, run.CancellationToken);
        return new CompactionResult(compactions.Select(compaction => Publication(group.Find(compaction.DatasetType)!, compaction)).ToArray());
    }

    /// <summary>A part of it may have been published: what the manifests name stays.</summary>
    public async Task DiscardAsync(Arn resource, JobResult result)
    {
        foreach (var publication in ((CompactionResult)result).Publications)
        {
            var dataset = await grains.GetGrain<IDatasetResource>(publication.DatasetArn).FindAsync();
            var named = dataset is null ? [] : DatasetRules.FilesOf(dataset.Data).ToArray();
            files.DeleteWhenUnread(resource, publication.Files.Except(named));
        }
    }

    private static CompactionPublication Publication(DatasetData data, DatasetCompaction compaction) => new()
    {
        DatasetArn = data.DatasetArn.ToString(), StreamedSegments = compaction.StreamedSegments.ToArray(), SnapshotPath = compaction.SnapshotPath,
        CompactedThrough = compaction.CompactedThrough, Generation = data.Generation,
    };
}
