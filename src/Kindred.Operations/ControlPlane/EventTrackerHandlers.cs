using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Events;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class EventTrackerHandlers
{
    public static void AddEventTrackerHandlers(this OperationTable table)
    {
        table.Handle<CreateEventTrackerRequest, CreateEventTrackerResponse>("CreateEventTracker", (request, context) =>
            context.Tenant().CreateEventTrackerAsync(request, context.Caller));
        table.Handle<DeleteEventTrackerRequest>("DeleteEventTracker", (request, context) =>
            context.Tenant().DeleteEventTrackerAsync(request, context.Caller));
        table.Handle<DescribeEventTrackerRequest, DescribeEventTrackerResponse>("DescribeEventTracker", DescribeAsync);
        table.Handle<ListEventTrackersRequest, ListEventTrackersResponse>("ListEventTrackers", ListAsync);
    }

    private static async Task<DescribeEventTrackerResponse> DescribeAsync(DescribeEventTrackerRequest request, OperationContext context)
    {
        var tracker = await context.Resource<IEventTrackerGrain>(request.EventTrackerArn, ResourceTypes.EventTracker)
            .DescribeAsync(context.CancellationToken);
        return new() { EventTracker = ResourceCalls.Found(tracker, request.EventTrackerArn) };
    }

    private static async Task<ListEventTrackersResponse> ListAsync(ListEventTrackersRequest request, OperationContext context)
    {
        var list = new ResourceList<EventTrackerState, EventTrackerSummary>(
            "ListEventTrackers", StateNames.EventTracker,
            Arn.Prefix(context.Caller.Region, context.Caller.Account, ResourceTypes.EventTracker),
            request.DatasetGroupArn ?? "",
            state => request.DatasetGroupArn is null || state.Tracker?.DatasetGroupArn == request.DatasetGroupArn
                ? Summarize(state.Tracker) : null);
        var (trackers, nextToken) = await ResourcePages.Of(context).ReadAsync(list, context, request.MaxResults, request.NextToken);
        return new() { EventTrackers = trackers, NextToken = nextToken };
    }

    private static EventTrackerSummary? Summarize(EventTracker? tracker) => tracker is null ? null : new()
    {
        Name = tracker.Name,
        EventTrackerArn = tracker.EventTrackerArn,
        Status = tracker.Status,
        CreationDateTime = tracker.CreationDateTime,
        LastUpdatedDateTime = tracker.LastUpdatedDateTime,
    };
}
