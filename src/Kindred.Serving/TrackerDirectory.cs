using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Events;
using Kindred.Serving.Caching;

namespace Kindred.Serving;

/// <summary>Which dataset group a <c>trackingId</c> feeds, within one account. Read from the catalogue.</summary>
/// <remarks>
/// Only trackers that exist are held, so tracking ids that a client makes up cost a small scan each and no memory, and one
/// that was made a moment ago is found.
/// </remarks>
public sealed class TrackerDirectory : IDisposable
{
    private readonly IResourceCatalog _catalog;
    private readonly VersionedCache<TrackerKey, KnownTracker> _trackers;
    private readonly IDisposable _subscription;

    public TrackerDirectory(IResourceCatalog catalog, IChangeFeed feed, ServingOptions options, TimeProvider clock)
    {
        _catalog = catalog;
        _trackers = new(AskAsync, CacheRules.Of(options, "trackers") with { AbsenceLifetime = TimeSpan.Zero, MaxAbsences = 0 }, clock);
        _subscription = feed.Subscribe(change =>
        {
            if (change.Kind is ChangedSubject.EventTracker && TrackerKey.TryParse(change.Key, out var key))
                _trackers.Hear(key, change.Number);
        });
    }

    /// <returns>The dataset group's ARN, or null if the caller's account has no such tracker.</returns>
    public ValueTask<Arn?> FindGroupAsync(string trackingId, Caller caller, CancellationToken cancellationToken) =>
        FindAsync(trackingId, ResourceTypes.EventTracker, caller, cancellationToken);

    /// <returns>The ARN of the group whose action interactions the id feeds, or null if the caller's account has no such dataset.</returns>
    public ValueTask<Arn?> FindActionsGroupAsync(string trackingId, Caller caller, CancellationToken cancellationToken) =>
        FindAsync(trackingId, ResourceTypes.Dataset, caller, cancellationToken);

    public void Dispose() => _subscription.Dispose();

    private async ValueTask<Arn?> FindAsync(string trackingId, string type, Caller caller, CancellationToken cancellationToken) =>
        await _trackers.GetAsync(new TrackerKey(caller.Region, caller.Account, trackingId), cancellationToken) is { } known
            && IsOf(known, type)
            ? known.DatasetGroup
            : null;

    private async Task<Answer<KnownTracker>?> AskAsync(TrackerKey key, KnownTracker? held) => held switch
    {
        null => await AskTrackersAsync(key, held) ?? await AskDatasetsAsync(key, held),
        _ when IsOf(held, ResourceTypes.EventTracker) => await AskTrackersAsync(key, held),
        _ => await AskDatasetsAsync(key, held),
    };

    private static bool IsOf(KnownTracker tracker, string type) => tracker.Owner.Contains($":{type}/", StringComparison.Ordinal);

    private async Task<Answer<KnownTracker>?> AskTrackersAsync(TrackerKey key, KnownTracker? held)
    {
        // One that was found before is found by its name; only an id that is new needs a look at all of the account's.
        var prefix = held?.Owner ?? EventTrackerState.Kind.KeysOf(key.Region, key.Account);
        await foreach (var entry in _catalog.ScanAllAsync<EventTrackerState>(EventTrackerState.Kind.StateName, prefix))
        {
            var tracker = entry.State.Tracker;
            if (tracker.Status is ResourceStatus.Active && tracker.TrackingId == key.TrackingId)
                return new(entry.State.Number, new KnownTracker(entry.Key, tracker.DatasetGroupArn));
        }
        return null;
    }

    private async Task<Answer<KnownTracker>?> AskDatasetsAsync(TrackerKey key, KnownTracker? held)
    {
        var prefix = held?.Owner ?? DatasetState.Kind.KeysOf(key.Region, key.Account);
        await foreach (var entry in _catalog.ScanAllAsync<DatasetState>(DatasetState.Kind.StateName, prefix))
        {
            var dataset = entry.State.Dataset;
            if (dataset.TrackingId == key.TrackingId)
                return new(dataset.CreatedAt.UtcTicks, new KnownTracker(entry.Key, dataset.DatasetGroupArn));
        }
        return null;
    }

    /// <param name="Owner">The ARN of the event tracker, or of the dataset of action interactions.</param>
    private sealed record KnownTracker(string Owner, Arn DatasetGroup);
}
