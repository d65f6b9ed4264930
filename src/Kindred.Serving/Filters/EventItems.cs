using Kindred.Serving.Histories;
using Kindred.Serving.Items;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Filters;

/// <summary>Marks the items that a user has an event of a certain type with.</summary>
internal readonly struct EventItems(FilterCondition condition, IFilteredItems items, ItemBits marked) : IEventVisitor
{
    public void Past(UserHistory history, UserEvents events)
    {
        var wanted = new bool[history.EventTypes.Count];
        for (var type = 0; type < wanted.Length; type++) wanted[type] = EventTypeTest.Matches(condition, history.EventTypes[type]);
        var untyped = EventTypeTest.Matches(condition, null);
        for (var i = 0; i < events.Count; i++)
        {
            var type = events.EventTypes[i];
            if (!(type < 0 ? untyped : wanted[type])) continue;
            if (items.Find(history.ItemIds.Bytes(events.Items[i])) is var item and >= 0) marked.Set(item);
        }
    }

    public void Recent(RecentCopy copy, ReadOnlySpan<RecentEvent> events)
    {
        foreach (var e in events)
        {
            if (EventTypeTest.Matches(condition, copy.EventTypes[e.EventType]) && items.Find(copy.Items[e.Item]) is var item and >= 0)
                marked.Set(item);
        }
    }
}
