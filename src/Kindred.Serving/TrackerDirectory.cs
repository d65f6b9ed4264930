using System.Collections.Concurrent;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Events;
using Kindred.Serving.Trackers;

namespace Kindred.Serving;

/// <summary>Which dataset group a <c>trackingId</c> feeds, within one account. Read from the catalogue on a miss.</summary>
/// <remarks>Only trackers that exist are held, so tracking ids that a client makes up cost a small scan each and no memory.</remarks>
public sealed class TrackerDirectory(IResourceCatalog catalog)
{
    private const int PageSize = 100;
    private readonly ConcurrentDictionary<(string Region, string Account), AccountTrackers> _accounts = new();

    /// <returns>The dataset group's ARN, or null if the caller's account has no such tracker.</returns>
    public async ValueTask<Arn?> FindGroupAsync(string trackingId, Caller caller, CancellationToken cancellationToken)
    {
        var trackers = Of(caller.Region, caller.Account);
        if (trackers.Known.TryGetValue(trackingId, out var known)) return known.DatasetGroup;
        await trackers.ReadAsync(account => ReadAsync(account, caller), cancellationToken);
        return trackers.Known.TryGetValue(trackingId, out known) ? known.DatasetGroup : null;
    }

    /// <summary>A tracker has become ACTIVE.</summary>
    public void Set(Arn eventTracker, string trackingId, Arn datasetGroup) =>
        Of(eventTracker.Region, eventTracker.Account).Known[trackingId] = (eventTracker, datasetGroup);

    /// <summary>A tracker is gone.</summary>
    public void Remove(Arn eventTracker) => Of(eventTracker.Region, eventTracker.Account).Remove(eventTracker);

    private AccountTrackers Of(string region, string account) => _accounts.GetOrAdd((region, account), static _ => new AccountTrackers());

    private async Task ReadAsync(AccountTrackers trackers, Caller caller)
    {
        int version;
        var found = new List<(string TrackingId, Arn Tracker, Arn DatasetGroup)>();
        do
        {
            found.Clear();
            version = trackers.Version;
            await ScanAsync(caller, found);
        }
        while (!trackers.TryAdd(found, version)); // one was removed meanwhile: it must not come back
    }

    private async Task ScanAsync(Caller caller, List<(string TrackingId, Arn Tracker, Arn DatasetGroup)> found)
    {
        var prefix = Arn.Prefix(caller.Region, caller.Account, ResourceTypes.EventTracker);
        string? after = null;
        while (true)
        {
            var page = await catalog.ScanAsync<EventTrackerState>(StateNames.EventTracker, prefix, after, PageSize, CancellationToken.None);
            foreach (var entry in page)
            {
                if (entry.State.Tracker is { TrackingId: { } id, Status: ResourceStatus.Active, DatasetGroupArn: { } group } && Arn.TryParse(group, out var groupArn))
                    found.Add((id, Arn.Parse(entry.Key), groupArn));
            }
            if (page.Count < PageSize) return;
            after = page[^1].Key;
        }
    }
}
