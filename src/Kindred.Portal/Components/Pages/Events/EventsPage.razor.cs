using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Usage;
using Kindred.Operations.Readings;
using Kindred.Operations.Watching;
using Kindred.Portal.Components.Layout;
using Kindred.Portal.Components.Pages.Datasets;
using Kindred.Serving.Readings;
using Kindred.Serving.Watching;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Events;

/// <summary>Events as they come in, and the trackers that take them.</summary>
public sealed partial class EventsPage
{
    private const int MostShown = 100;
    private List<EventTracker>? _trackers;
    private IReadOnlyDictionary<string, long> _today = new Dictionary<string, long>();
    private IReadOnlyDictionary<string, ItemReading> _items = new Dictionary<string, ItemReading>();
    private IReadOnlyDictionary<string, ItemReading> _actions = new Dictionary<string, ItemReading>();
    private string? _actionTracker; // of the dataset of action interactions; null where there is none
    private List<SeenEvent> _seen = []; // the newest first
    private long _last;
    private bool _onlyRefused;
    private bool _isPaused;
    private bool _isNaming;
    private bool _isBusy;
    private string _name = "";
    private EventTracker? _deleted;

    [Inject] private EventWatching Watching { get; set; } = default!;
    [Inject] private DataReadings Data { get; set; } = default!;
    [Inject] private IUsageMeter Usage { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override bool IsLive => HasTrackers && !_isPaused && !_isNaming && _deleted is null;

    private bool HasTrackers => _trackers is { Count: > 0 } || _actionTracker is not null;

    private IReadOnlyList<SeenEvent> Shown => [.. _seen.Where(e => !_onlyRefused || e.Refusal is not null).Take(MostShown)];

    private string LiveNote => _isPaused ? "Paused; what comes meanwhile is not lost, only not shown"
        : _seen.Count == 0 ? "From now on, while this page is open" : $"The newest {Math.Min(MostShown, _seen.Count)}, while this page is open";

    protected override async Task LoadAsync()
    {
        var found = await CallAsync<ListEventTrackersRequest, ListEventTrackersResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        var trackers = new List<EventTracker>();
        foreach (var tracker in found.EventTrackers ?? [])
        {
            var described = await CallAsync<DescribeEventTrackerRequest, DescribeEventTrackerResponse>(new() { EventTrackerArn = tracker.EventTrackerArn! });
            if (described.EventTracker is { } known) trackers.Add(known);
        }
        _actionTracker = await FindActionTrackerAsync();
        if (_name.Length == 0) _name = $"{Project}-events";
        await CountAsync();
        await RefreshAsync();
        _trackers = trackers;
    }

    private async Task<string?> FindActionTrackerAsync()
    {
        var datasets = await CallAsync<ListDatasetsRequest, ListDatasetsResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        var interactions = (datasets.Datasets ?? []).FirstOrDefault(dataset => DatasetWords.Find(dataset.DatasetType) is "Action_Interactions");
        if (interactions?.DatasetArn is not { } arn) return null;
        return (await CallAsync<DescribeDatasetRequest, DescribeDatasetResponse>(new() { DatasetArn = arn })).Dataset?.TrackingId;
    }

    protected override async Task RefreshAsync()
    {
        var come = await Session.AsAsync(Account, p => Task.FromResult(Watching.Read(p, ProjectArn, _last)), Leaving);
        if (come.Count == 0) return;
        _last = come[^1].Number;
        _seen = [.. come.Reverse(), .. _seen.Take(EventWatch.MostEvents - come.Count)];
        await CountAsync();
        string[] ids = [.. _seen.Take(MostShown).Select(e => e.ItemId).OfType<string>().Distinct()];
        _items = await Session.AsAsync(Account, p => Data.DescribeItemsAsync(p, ProjectArn, ids, Leaving), Leaving);
        string[] actions = [.. _seen.Take(MostShown).Select(e => e.ActionId).OfType<string>().Distinct()];
        if (actions.Length > 0) _actions = await Session.AsAsync(Account, p => Data.DescribeActionsAsync(p, ProjectArn, actions, Leaving), Leaving);
    }

    private async Task CountAsync() => _today = await Session.AsAsync(Account, async principal =>
    {
        principal.Require(AccessScopes.Read, "usage:Read");
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        return (await Usage.ReadAsync(principal.Account, today, today, Leaving))
            .Where(count => count.Measure is UsageMeasure.Events or UsageMeasure.ActionInteractions)
            .ToDictionary(count => count.Subject, count => count.Count);
    }, Leaving);

    private IReadOnlyList<(string Name, string Text)> SnippetsOf(string trackingId)
    {
        var address = Navigation.BaseUri.TrimEnd('/');
        return [.. WebSnippets.Of(address, trackingId), .. ConnectSnippets.Event(address, Session.Region, trackingId)];
    }

    /// <summary>An event of a made-up visitor with no item, so that nobody's recommendations change and no item is made up.</summary>
    private async Task TryOneAsync()
    {
        _isBusy = true;
        await TryAsync(() => CallAsync(new PutEventsRequest
        {
            TrackingId = _trackers![0].TrackingId!, SessionId = $"portal-{Guid.NewGuid():N}",
            EventList = [new() { EventType = "tried-in-the-portal", SentAt = Clock.GetUtcNow() }],
        }));
        _isBusy = false;
    }

    private async Task CreateAsync()
    {
        _isBusy = true;
        var done = await TryAsync(async () =>
        {
            await CallAsync<CreateEventTrackerRequest, CreateEventTrackerResponse>(new() { Name = _name.Trim(), DatasetGroupArn = ProjectArn.ToString() });
            await LoadAsync();
        });
        _isBusy = false;
        if (done) _isNaming = false;
    }

    private void Ask(EventTracker tracker) => (_deleted, Refusal) = (tracker, null);

    private async Task DeleteAsync()
    {
        if (!await TryAsync(() => CallAsync(new DeleteEventTrackerRequest { EventTrackerArn = _deleted!.EventTrackerArn! }))) return;
        _deleted = null;
        await TryAsync(LoadAsync);
    }
}
