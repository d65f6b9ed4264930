using System.Buffers;
using Kindred.Recipes;
using Kindred.Serving.Groups;
using Kindred.Serving.Items;
using Kindred.Serving.Models;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Histories;

/// <summary>What a user did, from the snapshot and the events since, in the codes of one model.</summary>
internal static class UserHistories
{
    /// <summary>Most events that <see cref="Read"/> writes: a user's in the snapshot, of a linked session there, and since.</summary>
    public const int MaxEvents = 2 * UserHistory.DefaultMaxEventsPerUser + 2 * EventTail.Capacity;

    /// <param name="userId">A user, or an anonymous visitor's session.</param>
    /// <param name="history">
    /// Receives the events, oldest first, shape [<see cref="MaxEvents"/>]; items that the model does not know are left out.
    /// </param>
    /// <param name="space">The items that count: the model's, or more.</param>
    /// <param name="met">Receives every item of the space that the user had an event with.</param>
    /// <returns>How many events were written.</returns>
    public static int Read(GroupView group, OpenModel model, string userId, ItemSpace space, Span<HistoryEvent> history, ItemBits met)
    {
        var known = new MetItemMarks(space, met);
        var recent = ArrayPool<RecentEvent>.Shared.Rent(2 * EventTail.Capacity);
        try
        {
            UserEvents past = default;
            var isKnown = group.History is { } snapshot && snapshot.TryGet(userId, out past);
            var copy = group.Recent.Copy(userId, isKnown, group.EventsFrom, recent);
            if (copy.UserId != userId) group.History?.TryGet(copy.UserId, out past);

            var count = AddPast(group, model, past, history, 0, known);
            foreach (var session in copy.LinkedSessions)
            {
                if (group.History is { } sessions && session != copy.UserId && sessions.TryGet(session, out var before))
                    count = AddPast(group, model, before, history[..(MaxEvents - copy.Count)], count, known);
            }
            return AddRecent(model, copy, recent.AsSpan(0, copy.Count), history, count, known);
        }
        finally
        {
            ArrayPool<RecentEvent>.Shared.Return(recent);
        }
    }

    /// <summary>Shows a visitor every event of a user, of the sessions that are linked to them too.</summary>
    public static void Visit<TVisitor>(GroupView group, string userId, ref TVisitor visitor) where TVisitor : struct, IEventVisitor =>
        Visit(group.History, group.Recent, group.EventsFrom, userId, ref visitor);

    /// <summary>Whether the data as they are now have an event of a user.</summary>
    public static bool HasEvents(GroupView group, string userId)
    {
        if (group.History is { } history && history.TryGet(userId, out var past) && past.Count > 0) return true;
        var search = new AnyEvent();
        Visit(group, userId, ref search);
        return search.IsFound;
    }

    /// <summary>Shows a visitor everything a user did about actions, which are its items.</summary>
    public static void VisitActions<TVisitor>(GroupView group, string userId, ref TVisitor visitor) where TVisitor : struct, IEventVisitor =>
        Visit(group.ActionHistory, group.Live.ActionEvents, group.ActionEventsFrom, userId, ref visitor);

    private static void Visit<TVisitor>(
        UserHistory? history, RecentEvents live, long liveFrom, string userId, ref TVisitor visitor) where TVisitor : struct, IEventVisitor
    {
        var recent = ArrayPool<RecentEvent>.Shared.Rent(2 * EventTail.Capacity);
        try
        {
            UserEvents past = default;
            var isKnown = history is not null && history.TryGet(userId, out past);
            var copy = live.Copy(userId, isKnown, liveFrom, recent);
            if (copy.UserId != userId) history?.TryGet(copy.UserId, out past);
            if (past.Count > 0) visitor.Past(history!, past);
            foreach (var session in copy.LinkedSessions)
            {
                if (history is not null && session != copy.UserId && history.TryGet(session, out var before))
                    visitor.Past(history, before);
            }
            visitor.Recent(copy, recent.AsSpan(0, copy.Count));
        }
        finally
        {
            ArrayPool<RecentEvent>.Shared.Return(recent);
        }
    }

    private static int AddPast(GroupView group, OpenModel model, UserEvents past, Span<HistoryEvent> history, int count, MetItemMarks met)
    {
        if (past.Count == 0) return count;
        var codes = model.CodesOf(group.History!);
        for (var i = 0; i < past.Count && count < history.Length; i++)
        {
            var item = codes.Items[past.Items[i]];
            var type = past.EventTypes[i];
            if (item >= 0)
            {
                count = Insert(new HistoryEvent(item, type < 0 ? -1 : codes.EventTypes[type], past.Timestamps[i]), history, count);
                met.Add(item);
            }
            else if (met.GoBeyondTheModel) met.Add(group.History!.ItemIds.Bytes(past.Items[i]));
        }
        return count;
    }

    private static int AddRecent(
        OpenModel model, RecentCopy copy, ReadOnlySpan<RecentEvent> recent, Span<HistoryEvent> history, int count, MetItemMarks met)
    {
        if (recent.IsEmpty) return count;
        var (items, types) = (model.RecentItems(copy.Items), model.RecentEventTypes(copy.EventTypes));
        foreach (var e in recent)
        {
            var item = items.Find(e.Item, copy.Items);
            if (item >= 0)
            {
                count = Insert(new HistoryEvent(item, types.Find(e.EventType, copy.EventTypes), e.SentAt / 1000), history, count);
                met.Add(item);
            }
            else if (met.GoBeyondTheModel) met.Add(copy.Items[e.Item]);
        }
        return count;
    }

    // Each source is in order and the later ones are mostly later, so the place is nearly always the end. A late event
    // goes where it belongs in time; among equals the order of insertion stays.
    private static int Insert(HistoryEvent added, Span<HistoryEvent> history, int count)
    {
        var place = count;
        while (place > 0 && history[place - 1].Timestamp > added.Timestamp) place--;
        history[place..count].CopyTo(history[(place + 1)..]);
        history[place] = added;
        return count + 1;
    }

    private struct AnyEvent : IEventVisitor
    {
        public bool IsFound { get; private set; }
        public void Past(UserHistory history, UserEvents events) => IsFound |= events.Count > 0;
        public void Recent(RecentCopy copy, ReadOnlySpan<RecentEvent> events) => IsFound |= events.Length > 0;
    }
}
