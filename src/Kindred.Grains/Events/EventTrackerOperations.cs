using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Events;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Datasets;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Events;

/// <summary>Making and deleting event trackers; runs on the tenant's turn.</summary>
internal sealed class EventTrackerOperations(IGrainFactory grains, Inventory inventory, TimeProvider clock)
{
    public async Task<CreateEventTrackerResponse> CreateAsync(CreateEventTrackerRequest request, Caller caller)
    {
        var groupArn = caller.Own(request.DatasetGroupArn, ResourceTypes.DatasetGroup);
        var tracker = await inventory.TrackerAsync(groupArn);
        if (tracker is not null && !Creation.IsRepeat(tracker.Origin, caller)) throw Refuse.AlreadyExists(tracker.Tracker!.EventTrackerArn!);
        if (tracker is null)
        {
            if (await grains.GetGrain<IDatasetGroupResource>(groupArn.ToString()).FindAsync() is null) throw Refuse.NotFound(groupArn);
            tracker = Created(await FreeArnAsync(groupArn, caller), request, caller);
            await grains.GetGrain<IEventTrackerResource>(tracker.Tracker!.EventTrackerArn!).CreateAsync(tracker);
        }
        return new CreateEventTrackerResponse { EventTrackerArn = tracker.Tracker!.EventTrackerArn, TrackingId = tracker.Tracker.TrackingId };
    }

    public async Task DeleteAsync(DeleteEventTrackerRequest request, Caller caller)
    {
        var arn = caller.Own(request.EventTrackerArn, ResourceTypes.EventTracker);
        var tracker = grains.GetGrain<IEventTrackerResource>(arn.ToString());
        if (await tracker.FindAsync() is null) throw Refuse.NotFound(arn);
        await tracker.DeleteAsync();
    }

    private async Task<Arn> FreeArnAsync(Arn groupArn, Caller caller)
    {
        for (var collisions = 0; ; collisions++)
        {
            var arn = Arn.EventTracker(caller.Region, caller.Account, ResourceIds.Short(caller, groupArn.ToString(), collisions));
            if (await grains.GetGrain<IEventTrackerResource>(arn.ToString()).FindAsync() is null) return arn.Checked();
        }
    }

    private EventTrackerState Created(Arn arn, CreateEventTrackerRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new EventTrackerState
        {
            Tracker = new EventTracker
            {
                Name = request.Name, EventTrackerArn = arn.ToString(), AccountId = caller.Account,
                TrackingId = ResourceIds.Uuid(caller, arn.ToString()),
                DatasetGroupArn = request.DatasetGroupArn, Status = ResourceStatus.Active, CreationDateTime = now, LastUpdatedDateTime = now,
            },
            Origin = caller.Origin(request.Tags),
        };
    }
}
