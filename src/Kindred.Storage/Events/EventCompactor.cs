using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Events;

/// <summary>Moves records from a group's event log into segments.</summary>
public static class EventCompactor
{
    /// <param name="dataRoot">The data folder.</param>
    /// <param name="group">The manifests to start from; a dataset that published since makes the result unusable for it.</param>
    /// <param name="throughPosition">Records below this position are compacted; usually <see cref="EventStore.EndPosition"/>.</param>
    /// <returns>One entry per dataset of the group.</returns>
    public static IReadOnlyList<DatasetCompaction> Compact(string dataRoot, GroupData group, EventStore store, long throughPosition, CancellationToken cancellationToken) => throw new NotSupportedException();
}
