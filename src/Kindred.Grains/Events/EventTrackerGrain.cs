using Kindred.Contracts.Changes;
using Kindred.Contracts.Events;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Events;

[GrainType("event-tracker")]
internal sealed class EventTrackerGrain(
    [PersistentState("state", "Default")] IPersistentState<EventTrackerState> state, IChangeFeed feed, TimeProvider clock)
    : ResourceGrain<EventTrackerState>(state)
{
    public override async Task CreateAsync(EventTrackerState created)
    {
        var numbered = created with { Number = ChangeNumber.Next(0, clock.GetUtcNow()) };
        await base.CreateAsync(numbered);
        Say(numbered, numbered.Number);
    }

    public override async Task DeleteAsync()
    {
        var deleted = Current;
        await base.DeleteAsync();
        if (deleted is not null) Say(deleted, ChangeNumber.Next(deleted.Number, clock.GetUtcNow()));
    }

    private void Say(EventTrackerState tracker, long number)
    {
        var key = new TrackerKey(Arn.Region, Arn.Account, tracker.Tracker.TrackingId);
        feed.Publish(new Change(ChangedSubject.EventTracker, key.ToString(), number));
    }
}
