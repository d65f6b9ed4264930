using System.Diagnostics;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Operations.Readings;
using Kindred.Portal.Controls.Recommendations;
using Kindred.Serving.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Storefront;

/// <summary>A shop to try a campaign in: every click is an event, and every event counts from the next answer on.</summary>
public sealed partial class StorefrontPage
{
    private const int OnShelf = 12;
    private const int HistoryShown = 6;
    private const int CallsShown = 12;
    private const int MostShoppers = 12;
    private readonly string _session = $"storefront-{Guid.NewGuid():N}"[..24];
    private readonly string _visitor = $"visitor-{Guid.NewGuid():N}"[..16];
    private List<(string Name, Arn Arn)>? _campaigns;
    private IReadOnlyList<string> _shoppers = [];
    private IReadOnlyList<string> _eventTypes = ["view"];
    private IReadOnlyList<ShelfPlace> _shelf = [];
    private IReadOnlyDictionary<string, ItemReading> _items = new Dictionary<string, ItemReading>();
    private readonly List<ApiCall> _calls = [];
    private UserReading? _history;
    private string? _tracker;
    private string _campaign = "";
    private string _shopper = "";
    private string? _clicked;
    private int _number;
    private bool _isBusy;

    [Inject] private DataReadings Data { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>Name of the campaign to begin with.</summary>
    [SupplyParameterFromQuery] public string? Campaign { get; set; }
    /// <summary>Whom to begin as.</summary>
    [SupplyParameterFromQuery] public string? User { get; set; }

    protected override async Task LoadAsync()
    {
        var campaigns = await FindCampaignsAsync();
        _tracker = await FindTrackerAsync();
        var samples = await Session.AsAsync(Account, p => Data.SampleUsersAsync(p, ProjectArn, MostShoppers, Leaving), Leaving);
        _shoppers = User is { Length: > 0 } first && !samples.Contains(first) ? [first, .. samples] : samples;
        var insights = await Session.AsAsync(Account, p => Data.AnalyseAsync(p, ProjectArn, Leaving), Leaving);
        if (insights is { EventTypes: [_, ..] types }) _eventTypes = [.. types.Select(type => type.EventType)];
        _shopper = User is { Length: > 0 } asked ? asked : _shoppers.Count > 0 ? _shoppers[0] : _visitor;
        _campaign = campaigns.Exists(c => c.Name == Campaign) ? Campaign! : campaigns.Count > 0 ? campaigns[0].Name : "";
        _campaigns = campaigns;
        if (campaigns.Count > 0 && _tracker is not null) await LookAsync(before: null);
    }

    private async Task<List<(string Name, Arn Arn)>> FindCampaignsAsync()
    {
        var campaigns = new List<(string, Arn)>();
        var solutions = await CallAsync<ListSolutionsRequest, ListSolutionsResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        foreach (var solution in solutions.Solutions ?? [])
        {
            var recipe = solution.RecipeArn ?? "";
            if (RecipeInputs.Of(recipe[(recipe.LastIndexOf('/') + 1)..]) is RecipeInput.Item or RecipeInput.List) continue;
            var found = await CallAsync<ListCampaignsRequest, ListCampaignsResponse>(new() { SolutionArn = solution.SolutionArn });
            campaigns.AddRange((found.Campaigns ?? []).Where(c => c.Status is "ACTIVE").Select(c => (c.Name!, Arn.Parse(c.CampaignArn!))));
        }
        return campaigns;
    }

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

    private Task AskOfAsync(string campaign)
    {
        (_campaign, _clicked) = (campaign, null);
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
        var campaign = _campaigns!.First(c => c.Name == _campaign).Arn.ToString();
        var took = Stopwatch.StartNew();
        var answer = await CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(
            new() { CampaignArn = campaign, UserId = _shopper, NumResults = OnShelf });
        Note("/recommendations", $"{answer.ItemList?.Count ?? 0} items", took.Elapsed,
            new() { ["campaignArn"] = campaign, ["userId"] = _shopper, ["numResults"] = OnShelf });
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
