using System.Diagnostics;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Operations.Readings;
using Kindred.Portal.Sessions;
using Kindred.Serving.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Controls.Recommendations;

/// <summary>Tries a campaign as one of the users, or for one of the items.</summary>
public sealed partial class TestPanel(TenantSession session, DataReadings readings, NavigationManager navigation)
{
    private const int MostSamples = 12;
    private const int HistoryShown = 10;
    private const int MostAsked = 100;
    private IReadOnlyList<string> _samples = [];
    private string _subject = "";
    private string _asked = "";
    private int _count = 10;
    private bool _isBusy;
    private string? _fault;
    private TimeSpan? _took;
    private double _best = 1;
    private UserReading? _history;
    private IReadOnlyList<PredictedItem>? _answer;
    private IReadOnlyDictionary<string, ItemReading> _items = new Dictionary<string, ItemReading>();

    [Parameter, EditorRequired] public string Account { get; set; } = "";
    [Parameter, EditorRequired] public string Project { get; set; } = "";
    [Parameter, EditorRequired] public Arn Campaign { get; set; }
    /// <summary>Name of the recipe behind the campaign.</summary>
    [Parameter] public string Recipe { get; set; } = "";
    /// <summary>The recipe answers for an item in place of a user.</summary>
    [Parameter] public bool NeedsItem { get; set; }

    private Arn Group => Arn.DatasetGroup(session.Region, Account, Project);
    private string Address => navigation.BaseUri.TrimEnd('/');
    private bool HasScores => _answer?.Any(item => item.Score is not null) ?? false;
    private string? HistoryNote => _history is { } history ? $"{Math.Min(HistoryShown, history.EventCount)} newest of {history.EventCount} interactions" : null;

    protected override async Task OnInitializedAsync()
    {
        try
        {
            _samples = await session.AsAsync(Account, p => readings.SampleUsersAsync(p, Group, MostSamples, default));
            if (NeedsItem) _samples = await ItemsOfAsync(_samples);
        }
        catch (RefusedException refused)
        {
            _fault = refused.Message;
        }
        // Somebody comes to see recommendations: the first ones need no click.
        if (_samples is [var first, ..]) await TryAsync(first);
    }

    private async Task<IReadOnlyList<string>> ItemsOfAsync(IReadOnlyList<string> users)
    {
        var items = new List<string>();
        foreach (var user in users.Take(3))
        {
            var did = await session.AsAsync(Account, p => readings.DescribeUserAsync(p, Group, user, 4, default));
            items.AddRange(did?.Newest.Select(e => e.ItemId) ?? []);
        }
        return [.. items.Distinct()];
    }

    private Task TryAsync(string subject)
    {
        _subject = subject;
        return AskAsync();
    }

    private async Task AskAsync()
    {
        (_isBusy, _fault) = (true, null);
        _count = Math.Clamp(_count, 1, MostAsked);
        var subject = _subject.Trim();
        try
        {
            var clock = Stopwatch.StartNew();
            var answer = await session.CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(Account, new()
            {
                CampaignArn = Campaign.ToString(), UserId = NeedsItem ? null : subject, ItemId = NeedsItem ? subject : null, NumResults = _count,
            });
            _took = clock.Elapsed;
            var history = NeedsItem ? null : await session.AsAsync(
                Account, p => readings.DescribeUserAsync(p, Group, subject, HistoryShown, default));
            var items = answer.ItemList ?? [];
            string[] ids = [.. items.Select(i => i.ItemId!), .. history?.Newest.Select(e => e.ItemId) ?? []];
            _items = await session.AsAsync(Account, p => readings.DescribeItemsAsync(p, Group, ids, default));
            (_answer, _history, _asked) = (items, history, subject);
            _best = Math.Max(1e-12, items.Max(i => i.Score) ?? 1);
        }
        catch (RefusedException refused)
        {
            _fault = refused.Message;
        }
        _isBusy = false;
    }
}
