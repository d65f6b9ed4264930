using Kindred.Contracts.Events;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class EventTrackerHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateEventTrackerRequest, CreateEventTrackerResponse>();
        table.Change<DeleteEventTrackerRequest>();
        table.Describe<EventTrackerState, DescribeEventTrackerRequest, DescribeEventTrackerResponse>(
            request => request.EventTrackerArn, state => new() { EventTracker = Describe(state.Tracker) });
        table.List<EventTrackerState, EventTrackerSummary, ListEventTrackersRequest, ListEventTrackersResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetGroupArn), state => Summarize(state.Tracker),
            (trackers, nextToken) => new() { EventTrackers = trackers, NextToken = nextToken });
    }

    private static EventTracker Describe(EventTrackerRecord tracker) => new()
    {
        Name = tracker.Name,
        EventTrackerArn = tracker.Arn.ToString(),
        AccountId = tracker.AccountId,
        TrackingId = tracker.TrackingId,
        DatasetGroupArn = tracker.DatasetGroupArn.ToString(),
        Status = tracker.Status,
        CreationDateTime = tracker.CreatedAt,
        LastUpdatedDateTime = tracker.UpdatedAt,
    };

    private static EventTrackerSummary Summarize(EventTrackerRecord tracker) => new()
    {
        Name = tracker.Name,
        EventTrackerArn = tracker.Arn.ToString(),
        Status = tracker.Status,
        CreationDateTime = tracker.CreatedAt,
        LastUpdatedDateTime = tracker.UpdatedAt,
    };
}
