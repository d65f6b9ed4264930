using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Events;

public static class EventLogChecks
{
    /// <summary>The end of a group's log, after a look at whether it can be this group's.</summary>
    /// <exception cref="EventLogMissingException">It ends below what a dataset of the group has compacted already, so it is another log.</exception>
    public static async Task<long> EndPositionAsync(this IEventLog log, GroupData group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(group);
        var end = await log.EndPositionAsync(group.DatasetGroupArn, cancellationToken);
        var compacted = group.Datasets.Select(static dataset => dataset.CompactedThrough).DefaultIfEmpty().Max();
        return end >= compacted ? end : throw EventLogMissingException.Foreign(group.DatasetGroupArn, "the data folder", end, compacted);
    }
}
