using System.Diagnostics;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Operations.Readings;
using Kindred.Portal.Controls.Recommendations;
using Kindred.Portal.Sessions;
using Kindred.Serving.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Storefront;

/// <summary>A shop to try a campaign or a recommender in: every click is an event, and every event counts from the next answer on.</summary>
public sealed partial class StorefrontPage
{
    private const int OnShelf = 12;
    private const int HistoryShown = 6;
    private const int CallsShown = 12;
    private const int MostShoppers = 12;
    private readonly string _session = $"storefront-{Guid.NewGuid():N}"[..24];
    private readonly string _visitor = $"visitor-{Guid.NewGuid():N}"[..16];
    private List<ProjectEndpoint>? _endpoints;
    private ProjectEndpoint? _endpoint;
    private IReadOnlyList<string> _shoppers = [];
    private IReadOnlyList<string> _eventTypes = ["view"];
    private IReadOnlyList<ShelfPlace> _shelf = [];
    private IReadOnlyDictionary<string, ItemReading> _items = new Dictionary<string, ItemReading>();
    private readonly List<ApiCall> _calls = [];
    private UserReading? _history;
    private string? _tracker;
    private string _shopper = "";
    private string? _clicked;
    private int _number;
    private bool _isBusy;

    [Inject] private DataReadings Data { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>Name of the campaign to begin with.</summary>
    [SupplyParameterFromQuery] public string? Campaign { get; set; }
    /// <summary>Name of the recommender to begin with.</summary>
    [SupplyParameterFromQuery] public string? Recommender { get; set; }
    /// <summary>Whom to begin as.</summary>
    [SupplyParameterFromQuery] public string? User { get; set; }

    protected override async Task LoadAsync()
    {
        var endpoints = await FindEndpointsAsync();
        _tracker = await FindTrackerAsync();
        var samples = await Session.AsAsync(Account, p => Data.SampleUsersAsync(p, ProjectArn, MostShoppers, Leaving), Leaving);
        _shoppers = User is { Length: > 0 } first && !samples.Contains(first) ? [first, .. samples] : samples;
        var insights = await Session.AsAsync(Account, p => Data.AnalyseAsync(p, ProjectArn, Leaving), Leaving);
        if (insights is { EventTypes: [_, ..] types }) _eventTypes = [.. types.Select(type => type.EventType)];
        _shopper = User is { Length: > 0 } asked ? asked : _shoppers.Count > 0 ? _shoppers[0] : _visitor;
        _endpoint = endpoints.Find(e => e.Name == (e.IsRecommender ? Recommender : Campaign)) ?? (endpoints.Count > 0 ? endpoints[0] : null);
        _endpoints = endpoints;
        if (endpoints.Count > 0 && _tracker is not null) await LookAsync(before: null);
    }

    /// <summary>Those that answer for a user alone, or for everybody.</summary>
    private async Task<List<ProjectEndpoint>> FindEndpointsAsync() =>
        [.. (await ProjectEndpoints.ReadAsync(Session, ProjectArn, Leaving)).Where(endpoint =>
            endpoint.IsLive && RecipeInputs.Of(endpoint.Recipe) is RecipeInput.User or RecipeInput.Nothing)];

    private async Task<string?> FindTrackerAsync()
    {
        var found = await CallAsync<ListEventTrackersRequest, ListEventTrackersResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        if (found.EventTrackers is not [{ EventTrackerArn: { } arn }, ..]) return null;
        return (await CallAsync<DescribeEventTrackerRequest, DescribeEventTrackerResponse>(new() { EventTrackerArn = arn })).EventTracker?.TrackingId;
    }

    private Task BecomeAsync(string shopper)
    {
        (_shopper, _clicked) = (shopper, null);
        return DoAsync(() => LookAsync(before: null));
    }

    private Task AskOfAsync(string endpoint)
    {
        (_endpoint, _clicked) = (_endpoints!.First(e => e.Arn.ToString() == endpoint), null);
        return DoAsync(() => LookAsync(before: null));
    }

    private Task ClickAsync(string itemId, string eventType) => DoAsync(async () =>
    {
        var sentAt = Clock.GetUtcNow();
        var took = Stopwatch.StartNew();
        await CallAsync(new PutEventsRequest
        {
            TrackingId = _tracker!, UserId = _shopper, SessionId = _session,
            EventList = [new() { EventType = eventType, ItemId = itemId, SentAt = sentAt }],
        });
        Note("/events", "recorded", took.Elapsed, new()
        {
            ["trackingId"] = _tracker, ["userId"] = _shopper, ["sessionId"] = _session,
            ["eventList"] = new[] { new { eventType, itemId, sentAt = sentAt.ToUnixTimeSeconds() } },
        });
        _clicked = $"{eventType}: {_items.GetValueOrDefault(itemId)?.Name ?? itemId}";
        await LookAsync(_shelf);
    });

    private async Task LookAsync(IReadOnlyList<ShelfPlace>? before)
    {
        var call = new AskedCall(_endpoint!.Arn.ToString(), _shopper, ItemId: null, Items: null, OnShelf, new Dictionary<string, string>(), []);
        var took = Stopwatch.StartNew();
        var answer = await CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(
            call.Recommendations());
        Note("/recommendations", $"{answer.ItemList?.Count ?? 0} items", took.Elapsed,
            new() { [call.IsOfRecommender ? "recommenderArn" : "campaignArn"] = call.Endpoint, ["userId"] = _shopper, ["numResults"] = OnShelf });
        _shelf = Shelf.Arrange([.. (answer.ItemList ?? []).Select(i => (i.ItemId!, i.Reason is [var reason, ..] ? reason : null))], before);
        _history = await Session.AsAsync(Account, p => Data.DescribeUserAsync(p, ProjectArn, _shopper, HistoryShown, Leaving), Leaving);
        string[] ids = [.. _shelf.Select(place => place.ItemId), .. _history?.Newest.Select(past => past.ItemId) ?? []];
        _items = await Session.AsAsync(Account, p => Data.DescribeItemsAsync(p, ProjectArn, ids, Leaving), Leaving);
    }

    private async Task DoAsync(Func<Task> work)
    {
        _isBusy = true;
        await TryAsync(work);
        _isBusy = false;
    }

    private void Note(string path, string result, TimeSpan took, Dictionary<string, object?> body)
    {
        _calls.Insert(0, new ApiCall(++_number, path, ApiCall.Text(body), result, took));
        if (_calls.Count > CallsShown) _calls.RemoveAt(CallsShown);
    }
}
