using System.Buffers;
using Kindred.Recipes;
using Kindred.Serving.Groups;
using Kindred.Serving.Models;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Histories;

/// <summary>What a user did, from the snapshot and the events since, in the codes of one model.</summary>
internal static class UserHistories
{
    /// <summary>Most events that <see cref="Read"/> writes.</summary>
    public const int MaxEvents = UserHistory.DefaultMaxEventsPerUser + 2 * EventTail.Capacity;

    /// <param name="userId">A user, or an anonymous visitor's session.</param>
    /// <param name="history">Receives the events, oldest first, shape [<see cref="MaxEvents"/>]; items that the model does not know are left out.</param>
    /// <param name="unmet">Receives the ids of the user's items that the model does not know; null when nobody asks.</param>
    /// <returns>How many events were written.</returns>
    public static int Read(GroupView group, OpenModel model, string userId, Span<HistoryEvent> history, ISet<string>? unmet = null)
    {
        var recentBuffer = ArrayPool<RecentEvent>.Shared.Rent(2 * EventTail.Capacity);
        try
        {
            UserEvents past = default;
            var isKnown = group.History is { } snapshot && snapshot.TryGet(userId, out past);
            var copy = group.Recent.Copy(userId, isKnown, group.EventsFrom, recentBuffer);
            if (copy.UserId != userId) group.History?.TryGet(copy.UserId, out past);
            return Merge(group, model, past, recentBuffer.AsSpan(0, copy.Count), copy, history, unmet);
        }
        finally
        {
            ArrayPool<RecentEvent>.Shared.Return(recentBuffer);
        }
    }

    private static int Merge(GroupView group, OpenModel model, UserEvents past, ReadOnlySpan<RecentEvent> recent, RecentCopy copy, Span<HistoryEvent> history, ISet<string>? unmet)
    {
        var (pastItems, pastTypes) = past.Count == 0 ? ([], []) : (model.CodesOf(group.History!).Items, model.CodesOf(group.History!).EventTypes);
        var (recentItems, recentTypes) = recent.IsEmpty ? (null, null) : (model.RecentItems(copy.Items), model.RecentEventTypes(copy.EventTypes));
        var (count, p, r) = (0, 0, 0);
        while (p < past.Count || r < recent.Length)
        {
            // A late event may be older than the snapshot's newest; of equal times the snapshot's came first.
            HistoryEvent next;
            var isPast = r == recent.Length || (p < past.Count && past.Timestamps[p] <= recent[r].SentAt / 1000);
            if (isPast)
            {
                var type = past.EventTypes[p];
                next = new HistoryEvent(pastItems[past.Items[p]], type < 0 ? -1 : pastTypes[type], past.Timestamps[p]);
                if (next.Item < 0) unmet?.Add(group.History!.ItemIds[past.Items[p]]);
                p++;
            }
            else
            {
                next = new HistoryEvent(recentItems!.Find(recent[r].Item, copy.Items), recentTypes!.Find(recent[r].EventType, copy.EventTypes), recent[r].SentAt / 1000);
                if (next.Item < 0) unmet?.Add(copy.Items[recent[r].Item]);
                r++;
            }
            if (next.Item >= 0) history[count++] = next;
        }
        return count;
    }
}
