using System.Diagnostics;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Telemetry;
using Kindred.Serving.Caching;
using Kindred.Serving.Groups;
using Kindred.Serving.Ingestion;
using Kindred.Serving.Watching;
using Kindred.Storage.Datasets;
using Kindred.Storage.Events;
using Kindred.Storage.Quotas;
using Kindred.Storage.Schemas;
using Microsoft.Extensions.Logging;

namespace Kindred.Serving;

/// <summary>
/// Takes in PutEvents, PutItems, PutUsers, PutActions and PutActionInteractions. Each is on disk, and visible to the next request, before it is acknowledged;
/// a request is taken whole or refused whole.
/// </summary>
public sealed partial class EventIngestion(
    TrackerDirectory trackers, GroupDirectory groups, IEventLog log, StorageQuota quota, IChangeFeed feed, EventWatch watch, DataRates rates,
    TimeProvider clock, ILogger<EventIngestion> logger)
{
    /// <exception cref="RefusedException">
    /// InvalidInput: an event breaks a rule, and the message lists every fault; or no such tracker is in the caller's account: the contract of
    /// this operation has no other error.
    /// </exception>
    public Task PutEventsAsync(PutEventsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        return WatchAsync(
            TakeEventsAsync(request, caller, cancellationToken), request, EventWatch.EventsOf, request.TrackingId, trackers.FindGroupAsync,
            caller, cancellationToken);
    }

    /// <returns>The dataset group that has them.</returns>
    private async Task<Arn> TakeEventsAsync(PutEventsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var received = clock.GetTimestamp();
        RecordRules.Check(request, clock.GetUtcNow());
        var groupArn = await trackers.FindGroupAsync(request.TrackingId, caller, cancellationToken)
            ?? throw new RefusedException(RefusalCode.InvalidInput, $"There is no event tracker with the trackingId '{request.TrackingId}'.");
        using var group = await OpenAsync(groupArn, cancellationToken);
        rates.TakePut(caller.Account, request.TrackingId);
        if (group.Value.Data.Find(DatasetTypes.Interactions) is { } dataset)
            RecordRules.CheckColumns(request, SchemaOf(group.Value, dataset.DatasetArn));
        CheckEventTypes(request, group.Value);

        var events = new StreamedEvent[request.EventList.Count];
        for (var i = 0; i < events.Length; i++) events[i] = ToStreamed(request, request.EventList[i]);
        await TakeInAsync(group.Value, events, cancellationToken);
        ServingMetrics.TakenIn(caller.Account, "event", events.Length, clock.GetElapsedTime(received));
        return groupArn;
    }

    /// <exception cref="RefusedException">
    /// InvalidInput: a record does not fit the dataset's schema; the message lists every fault. ResourceNotFound: no such dataset.
    /// </exception>
    public Task PutItemsAsync(PutItemsRequest request, Caller caller, CancellationToken cancellationToken) => PutAsync(
        request.DatasetArn, DatasetTypes.Items, "item", "PutItems", caller, schema => RecordRules.Check(request, schema),
        () => [.. request.Items.Select(item => new StreamedItem(item.ItemId, item.Properties))], cancellationToken);

    /// <inheritdoc cref="PutItemsAsync" path="/exception"/>
    public Task PutUsersAsync(PutUsersRequest request, Caller caller, CancellationToken cancellationToken) => PutAsync(
        request.DatasetArn, DatasetTypes.Users, "user", "PutUsers", caller, schema => RecordRules.Check(request, schema),
        () => [.. request.Users.Select(user => new StreamedUser(user.UserId, user.Properties))], cancellationToken);

    /// <inheritdoc cref="PutItemsAsync" path="/exception"/>
    public Task PutActionsAsync(PutActionsRequest request, Caller caller, CancellationToken cancellationToken) => PutAsync(
        request.DatasetArn, DatasetTypes.Actions, "action", "PutActions", caller, schema => RecordRules.Check(request, schema),
        () => [.. request.Actions.Select(action => new StreamedAction(action.ActionId, action.Properties))], cancellationToken);

    /// <exception cref="RefusedException">
    /// InvalidInput: an interaction breaks a rule; the message lists every fault. ResourceNotFound: no dataset of the caller's account has the
    /// tracking id.
    /// </exception>
    public Task PutActionInteractionsAsync(PutActionInteractionsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        return WatchAsync(
            TakeActionInteractionsAsync(request, caller, cancellationToken), request, EventWatch.EventsOf, request.TrackingId,
            trackers.FindActionsGroupAsync, caller, cancellationToken);
    }

    /// <returns>The dataset group that has them.</returns>
    private async Task<Arn> TakeActionInteractionsAsync(PutActionInteractionsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var received = clock.GetTimestamp();
        RecordRules.Check(request, clock.GetUtcNow());
        var groupArn = await trackers.FindActionsGroupAsync(request.TrackingId, caller, cancellationToken)
            ?? throw new RefusedException(RefusalCode.ResourceNotFound,
                $"There is no Action_Interactions dataset with the trackingId '{request.TrackingId}'; DescribeDataset tells it.");
        rates.TakePut(caller.Account, request.TrackingId);
        using var group = await OpenAsync(groupArn, cancellationToken);
        var interactions = new StreamedActionInteraction[request.ActionInteractions.Count];
        for (var i = 0; i < interactions.Length; i++)
            interactions[i] = new StreamedActionInteraction(ActionInteractionRules.ToStreamed(request.ActionInteractions[i]));
        await TakeInAsync(group.Value, interactions, cancellationToken);
        ServingMetrics.TakenIn(caller.Account, "action-interaction", interactions.Length, clock.GetElapsedTime(received));
        return groupArn;
    }

    /// <summary>Shows those who watch what came of a request.</summary>
    /// <param name="taking">Ends with the dataset group that has its events.</param>
    /// <param name="look">What is to be seen of the request.</param>
    /// <param name="find">The dataset group of a tracking id; null when it is nobody's.</param>
    private async Task WatchAsync<TRequest>(
        Task<Arn> taking, TRequest request, Func<TRequest, IEnumerable<SeenEvent>> look, string? trackingId,
        Func<string, Caller, CancellationToken, ValueTask<Arn?>> find, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            watch.Take(await taking, request, look);
        }
        catch (RefusedException refused) when (watch.IsAnyWatched(caller.Account))
        {
            var group = trackingId is { Length: > 0 } id ? await find(id, caller, cancellationToken) : null;
            watch.Refuse(group, caller.Account, request, look, refused.Message);
            throw;
        }
    }

    /// <param name="datasetArn">Where the records belong.</param>
    /// <param name="datasetType">The type that it has to be of.</param>
    /// <param name="recordType">The records' name in metrics.</param>
    /// <param name="operation">Its name in refusals.</param>
    /// <param name="caller">Whose dataset it has to be.</param>
    /// <param name="check">Throws if a record does not fit the schema.</param>
    /// <param name="records">The records, once they are known to fit.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    private async Task PutAsync(
        string datasetArn, string datasetType, string recordType, string operation, Caller caller, Action<ParsedSchema> check,
        Func<StreamedRecord[]> records, CancellationToken cancellationToken)
    {
        var received = clock.GetTimestamp();
        var (groupArn, arn) = Resolve(datasetArn, datasetType, operation, caller);
        using var group = await OpenAsync(groupArn, cancellationToken);
        var schema = SchemaOf(group.Value, arn);
        rates.TakePut(caller.Account, datasetArn);
        check(schema);
        var taken = records();
        await TakeInAsync(group.Value, taken, cancellationToken);
        ServingMetrics.TakenIn(caller.Account, recordType, taken.Length, clock.GetElapsedTime(received));
    }

    private static void CheckEventTypes(PutEventsRequest request, GroupView group)
    {
        if (request.EventList.FirstOrDefault(e => group.IsTypeTooMany(e.EventType)) is { } excess)
            throw new RefusedException(RefusalCode.InvalidInput,
                $"'{excess.EventType}' would be one event type more than the {DataLimits.EventTypes} that a dataset group may have. "
                + "An event type says what kind of event it is, such as View or Purchase; put anything else into properties.");
    }

    private async ValueTask TakeInAsync(GroupView group, IReadOnlyList<StreamedRecord> records, CancellationToken cancellationToken)
    {
        groups.Memory.ThrowIfFull(group.DatasetGroup.Account);
        quota.Check(group.DatasetGroup.Account);
        var position = await AppendAsync(group.DatasetGroup, records, cancellationToken);
        group.Live.Take(position, records);
        groups.NoteTaken(group);
        // Also to this process: the group may have been opened anew meanwhile, from a log that ended before these.
        feed.Publish(new Change(ChangedSubject.EventLog, group.DatasetGroup.ToString(), position + records.Count));
    }

    private async ValueTask<long> AppendAsync(Arn datasetGroup, IReadOnlyList<StreamedRecord> records, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var activity = KindredTelemetry.Activities.StartActivity("append to event log");
        try
        {
            // From here on the client's going away changes nothing: what may be on disk must also become visible.
            return await log.AppendAsync(datasetGroup, records, CancellationToken.None);
        }
        catch (IOException failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            LogAppendFailed(failure, datasetGroup);
            throw new RefusedException(RefusalCode.ServiceUnavailable,
                "The records could not be written to disk, and none of them was taken in. Send the request again later.");
        }
    }

    private static StreamedEvent ToStreamed(PutEventsRequest request, Event e)
    {
        var (itemId, eventValue) = EventSubject.Of(e);
        return new StreamedEvent(
            string.IsNullOrEmpty(request.UserId) ? null : request.UserId,
            request.SessionId,
            string.IsNullOrEmpty(e.EventId) ? Guid.NewGuid().ToString() : e.EventId,
            e.EventType, eventValue, itemId, e.SentAt, e.Properties, e.RecommendationId, e.Impression,
            e.MetricAttribution?.EventAttributionSource);
    }

    private async ValueTask<Borrowed<GroupView>> OpenAsync(Arn datasetGroup, CancellationToken cancellationToken) =>
        await groups.BorrowAsync(datasetGroup, cancellationToken)
        ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"The dataset group '{datasetGroup}' does not exist.");

    private static (Arn Group, Arn Dataset) Resolve(string datasetArn, string datasetType, string operation, Caller caller)
    {
        var isOwn = Arn.TryParse(datasetArn, out var arn) && arn.Account == caller.Account && arn.Region == caller.Region;
        if (!isOwn || arn.Type != ResourceTypes.Dataset)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"The dataset '{datasetArn}' does not exist.");
        if (!arn.Name.EndsWith($"/{datasetType}", StringComparison.Ordinal))
            throw new RefusedException(RefusalCode.InvalidInput,
                $"The dataset '{datasetArn}' is not of the type {datasetType} that {operation} needs.");
        return (Arn.DatasetGroup(arn.Region, arn.Account, arn.Parent), arn);
    }

    private static ParsedSchema SchemaOf(GroupView group, Arn dataset) =>
        group.SchemaOf(dataset) ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"The dataset '{dataset}' does not exist.");

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot append to the event log of {DatasetGroup}")]
    private partial void LogAppendFailed(Exception failure, Arn datasetGroup);
}
