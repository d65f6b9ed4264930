using Kindred.Storage.Segments;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Snapshots;

namespace Kindred.Storage.Events;

/// <summary>
/// Moves records from a group's event log into segments. Everything it writes is new and named by nobody: the caller
/// publishes it, and only then drops the log below the lowest <see cref="DatasetData.CompactedThrough"/> of the group.
/// </summary>
public static class EventCompactor
{
    /// <param name="dataRoot">The data folder.</param>
    /// <param name="group">The manifests to start from; a dataset that published since makes the result unusable for it.</param>
    /// <param name="throughPosition">Records below this position are compacted; usually <see cref="EventStore.EndPosition"/>.</param>
    /// <returns>One entry per dataset whose <see cref="DatasetData.CompactedThrough"/> moves, also if no record was of its type.</returns>
    /// <exception cref="InvalidDataException">The log or a segment is damaged.</exception>
    public static IReadOnlyList<DatasetCompaction> Compact(string dataRoot, GroupData group, EventStore store, long throughPosition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(store);
        using var blocking = BlockingScope.Enter();
        var through = Math.Min(throughPosition, store.EndPosition(group.DatasetGroupArn));
        return [.. group.Datasets.Where(d => d.CompactedThrough < through).Select(d => Compact(dataRoot, group, d, store, through, cancellationToken))];
    }

    private static DatasetCompaction Compact(string dataRoot, GroupData group, DatasetData dataset, EventStore store, long through, CancellationToken cancellationToken)
    {
        var segments = dataset.DatasetType switch
        {
            "INTERACTIONS" => new InteractionCompaction(dataRoot, group.DatasetGroupArn, dataset, store, through, cancellationToken).Run(),
            "ITEMS" or "USERS" => new RecordCompaction(dataRoot, group.DatasetGroupArn, dataset, store, through, cancellationToken).Run(),
            _ => dataset.StreamedSegments,
        };
        var changed = !segments.SequenceEqual(dataset.StreamedSegments);
        var snapshot = changed ? DatasetSnapshots.Build(dataRoot, group.DatasetGroupArn, dataset with { StreamedSegments = segments }, cancellationToken) : dataset.SnapshotPath;
        return new DatasetCompaction(dataset.DatasetType, segments, snapshot, through);
    }
}
