using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Events;

/// <summary>Making event trackers; runs on the tenant's turn.</summary>
internal sealed class EventTrackerOperations(IGrainFactory grains, Inventory inventory, TimeProvider clock)
{
    public async Task<CreateEventTrackerResponse> CreateAsync(CreateEventTrackerRequest request, Caller caller)
    {
        var groupArn = caller.Own<DatasetGroupState>(request.DatasetGroupArn);
        var tracker = (await inventory.InAsync<EventTrackerState>(groupArn)).FirstOrDefault();
        if (tracker is not null && !Creation.IsRepeat(tracker.Origin, caller)) throw Refuse.AlreadyExists(tracker.Arn.ToString());
        if (tracker is null)
        {
            await grains.ExpectAsync<DatasetGroupState>(groupArn);
            tracker = Created(await FreeArnAsync(groupArn, caller), groupArn, request, caller);
            await grains.Resource<EventTrackerState>(tracker.Arn).CreateAsync(tracker);
        }
        return new CreateEventTrackerResponse { EventTrackerArn = tracker.Arn.ToString(), TrackingId = tracker.Tracker.TrackingId };
    }

    private async Task<Arn> FreeArnAsync(Arn groupArn, Caller caller)
    {
        for (var collisions = 0; ; collisions++)
        {
            var arn = caller.Name<EventTrackerState>(ResourceIds.Short(caller, groupArn.ToString(), collisions));
            if (await grains.FindAsync<EventTrackerState>(arn) is null) return arn;
        }
    }

    private EventTrackerState Created(Arn arn, Arn groupArn, CreateEventTrackerRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new EventTrackerState
        {
            Tracker = new EventTrackerRecord
            {
                Name = request.Name, Arn = arn, AccountId = caller.Account, TrackingId = ResourceIds.Uuid(caller, arn.ToString()),
                DatasetGroupArn = groupArn, Status = ResourceStatus.Active, CreatedAt = now, UpdatedAt = now,
            },
            Origin = caller.Origin(request.Tags),
        };
    }
}
