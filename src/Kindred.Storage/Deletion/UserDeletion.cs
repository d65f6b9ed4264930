using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;

namespace Kindred.Storage.Deletion;

/// <summary>
/// Takes users out of a dataset: its streamed records are compacted first, so that everything of before lies in segments, and those are
/// written again without the users. Everything it writes is new and named by nobody: the caller publishes it, and then removes what it
/// replaced, the log below <see cref="DatasetData.CompactedThrough"/> included.
/// </summary>
public static class UserDeletion
{
    /// <param name="group">The manifests to start from; a dataset that published since makes the result unusable for it.</param>
    /// <param name="through">Records below this position are looked through; those from it on came later and stay.</param>
    /// <param name="mostIdBytes">What ids may take in memory while the snapshot is built.</param>
    /// <returns>The manifest without the users, and how many rows that are fewer. The same manifest where nothing changes.</returns>
    /// <exception cref="RefusedException">This release cannot read what the log holds for a dataset of this type.</exception>
    /// <exception cref="InvalidDataException">The log or a segment is damaged.</exception>
    public static async Task<(DatasetData Data, long RemovedRows)> RunAsync(
        IArtifactStore artifacts, GroupData group, DatasetData dataset, IEventLog log, long through, DeletedUsers users, long mostIdBytes,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(users);
        var made = new List<string>();
        try
        {
            var streamed = dataset.CompactedThrough < through
                ? await EventCompactor.SegmentsAsync(artifacts, group, dataset, log, through, cancellationToken) ?? throw Unreadable(dataset)
                : dataset.StreamedSegments;
            made.AddRange(streamed.Except(dataset.StreamedSegments).Select(segment => segment.Path));
            var next = dataset with { StreamedSegments = streamed, CompactedThrough = Math.Max(dataset.CompactedThrough, through) };
            var removed = 0L;
            if (ParsedSchema.Parse(dataset.Schema).IndexOf(ColumnNames.UserId) >= 0)
            {
                var deletion = new SegmentDeletion(artifacts, dataset.DatasetType, users, made, cancellationToken);
                next = next with
                {
                    BulkSegments = await deletion.RewriteAsync(next.BulkSegments), StreamedSegments = await deletion.RewriteAsync(streamed),
                };
                removed = deletion.RemovedRows;
            }
            // What the compaction wrote and the deletion wrote again was never published, and holds the users.
            var kept = next.BulkSegments.Concat(next.StreamedSegments).Select(segment => segment.Path);
            await artifacts.DeleteAllAsync(made.Except(kept), cancellationToken);
            if (HasSameSegments(next, dataset)) return (next, removed); // perhaps all that was streamed was theirs
            var snapshot = await DatasetSnapshots.BuildAsync(artifacts, group.DatasetGroupArn, next, cancellationToken, mostIdBytes);
            return (next with { SnapshotPath = snapshot }, removed);
        }
        catch
        {
            await artifacts.DeleteAllAsync(made, CancellationToken.None);
            throw;
        }
    }

    private static bool HasSameSegments(DatasetData a, DatasetData b) =>
        a.BulkSegments.SequenceEqual(b.BulkSegments) && a.StreamedSegments.SequenceEqual(b.StreamedSegments);

    private static RefusedException Unreadable(DatasetData dataset) => new(RefusalCode.InvalidInput,
        $"Records of the dataset {dataset.DatasetArn} lie in the log, and this release cannot read that type. Use the release that wrote them.");
}
