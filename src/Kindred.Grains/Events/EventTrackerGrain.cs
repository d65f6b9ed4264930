using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Events;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;
using Kindred.Serving;

namespace Kindred.Grains.Events;

[GrainType("event-tracker")]
internal sealed class EventTrackerGrain([PersistentState("state", "Default")] IPersistentState<EventTrackerState> state, TrackerDirectory directory)
    : ResourceGrain<EventTrackerState>(state), IEventTrackerGrain, IEventTrackerResource
{
    public Task<EventTracker?> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult(Current?.Tracker);

    public override async Task CreateAsync(EventTrackerState created)
    {
        await base.CreateAsync(created);
        directory.Set(Arn, created.Tracker!.TrackingId!, Kindred.Contracts.Arns.Arn.Parse(created.Tracker.DatasetGroupArn!));
    }

    public override async Task DeleteAsync()
    {
        await base.DeleteAsync();
        directory.Remove(Arn);
    }

    protected override EventTrackerState WithOrigin(EventTrackerState current, ResourceOrigin origin) => current with { Origin = origin };
}
