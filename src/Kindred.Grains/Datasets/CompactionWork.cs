using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Files;
using Kindred.Grains.Jobs;
using Kindred.Serving;
using Kindred.Storage;
using Kindred.Storage.Events;

namespace Kindred.Grains.Datasets;

/// <summary>Moves a dataset group's streamed records from its log into segments and snapshots.</summary>
internal sealed class CompactionWork(IGrainFactory grains, EventStore events, StorageOptions storage, DataFiles files, GroupDirectory directory) : IJobWork
{
    public JobKind Kind => JobKind.Compact;

    public async Task<bool> BeginAsync(Arn resource) => await Group(resource).GetDataAsync(CancellationToken.None) is { Datasets.Count: > 0 };

    public async Task<JobResult> RunAsync(JobRun run)
    {
        run.Report(0, "compacting streamed records");
        var end = events.EndPosition(run.Resource);
        if (await Group(run.Resource).GetDataAsync(run.CancellationToken) is not { } group) return new CompactionResult([]);
        using var reading = files.Read(run.Resource);
        var compactions = EventCompactor.Compact(storage.Root, group, events, end, run.CancellationToken);
        return new CompactionResult(compactions.Select(compaction => Publication(group.Find(compaction.DatasetType)!, compaction)).ToArray());
    }

    public async Task PublishAsync(Arn resource, JobResult result)
    {
        foreach (var publication in ((CompactionResult)result).Publications)
        {
            var dataset = grains.GetGrain<IDatasetResource>(publication.DatasetArn);
            if (await dataset.PublishCompactionAsync(publication) is { } before) DropReplaced(resource, before, publication);
            else files.Delete(FilesOf(publication).Except(await FilesNowAsync(dataset)));
        }
        await directory.RefreshAsync(resource, CancellationToken.None);
        await DropLogAsync(resource);
    }

    public void Discard(JobResult result)
    {
        // The manifests were not changed; what of these files they do not name goes at the next start.
    }

    public Task FailAsync(Arn resource, string reason) => Task.CompletedTask;

    public Task StopAsync(Arn resource) => Task.CompletedTask;

    private IDatasetGroupGrain Group(Arn arn) => grains.GetGrain<IDatasetGroupGrain>(arn.ToString());

    private static CompactionPublication Publication(DatasetData data, DatasetCompaction compaction) => new()
    {
        DatasetArn = data.DatasetArn.ToString(), StreamedSegments = compaction.StreamedSegments.ToArray(), SnapshotPath = compaction.SnapshotPath,
        CompactedThrough = compaction.CompactedThrough, Generation = data.Generation,
    };

    private static IEnumerable<string> FilesOf(CompactionPublication publication)
    {
        var segments = publication.StreamedSegments.Select(segment => segment.Path);
        return publication.SnapshotPath is { } snapshot ? segments.Append(snapshot) : segments;
    }

    private static async Task<IEnumerable<string>> FilesNowAsync(IDatasetResource dataset) =>
        await dataset.FindAsync() is { } state ? DatasetRules.FilesOf(state.Data!).ToArray() : [];

    private void DropReplaced(Arn group, DatasetData before, CompactionPublication publication)
    {
        var replaced = before.StreamedSegments.Select(segment => segment.Path).Append(before.SnapshotPath).OfType<string>();
        files.DeleteWhenUnread(group, replaced.Except(FilesOf(publication)).ToArray());
    }

    private async Task DropLogAsync(Arn resource)
    {
        if (await Group(resource).GetDataAsync(CancellationToken.None) is not { Datasets.Count: > 0 } group) return;
        var position = group.Datasets.Min(dataset => dataset.CompactedThrough);
        files.WhenUnread(resource, () => events.DropBelow(resource, position));
    }
}
