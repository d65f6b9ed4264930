using Kindred.Recipes.Actions;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Actions;

/// <summary>One thing a user did about an action.</summary>
/// <param name="Time">Epoch seconds.</param>
internal readonly record struct PastAction(string ActionId, ActionEvent Event, long Time)
{
    /// <returns>Everything that is known of the user, oldest first; events of types that actions do not have are left out.</returns>
    public static IReadOnlyList<PastAction> Read(GroupView group, string userId)
    {
        var reader = new Reader([]);
        UserHistories.VisitActions(group, userId, ref reader);
        return [.. reader.Found.OrderBy(static past => past.Time)];
    }

    private readonly struct Reader(List<PastAction> found) : IEventVisitor
    {
        public List<PastAction> Found => found;

        public void Past(UserHistory history, UserEvents events)
        {
            for (var i = 0; i < events.Count; i++)
            {
                if (events.EventTypes[i] is var type and >= 0) Add(history.ItemIds[events.Items[i]], history.EventTypes[type], events.Timestamps[i]);
            }
        }

        public void Recent(RecentCopy copy, ReadOnlySpan<RecentEvent> events)
        {
            foreach (var e in events) Add(copy.Items[e.Item], copy.EventTypes[e.EventType], e.SentAt / 1000);
        }

        private void Add(string action, string eventType, long time)
        {
            if (ActionEvents.TryParse(eventType, out var what)) found.Add(new PastAction(action, what, time));
        }
    }
}
