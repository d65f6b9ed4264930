using System.Diagnostics;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Operations.Readings;
using Kindred.Portal.Controls.Filters;
using Kindred.Portal.Sessions;
using Kindred.Serving.Filters;
using Kindred.Serving.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Controls.Recommendations;

/// <summary>Tries a campaign of actions as one of the users.</summary>
public sealed partial class ActionPanel(TenantSession session, DataReadings readings, TimeProvider clock, NavigationManager navigation)
{
    private const int MostSamples = 12;
    private const int PastShown = 10;
    private const int MostAsked = 100; // the contract's own limit
    private const int MostFilters = 100;

    private readonly Dictionary<string, string> _filterValues = new(StringComparer.Ordinal);
    /// <summary>Filters about actions by their ARN.</summary>
    private readonly Dictionary<string, (string Name, FilterExpression Expression)> _filters = new(StringComparer.Ordinal);
    private string _filter = "";
    private IReadOnlyList<string> _samples = [];
    private string _user = "";
    private int _count = 5;
    private int _sample;
    private bool _isBusy;
    private string? _fault;
    private TimeSpan? _took;
    private AskedCall? _asked;
    private IReadOnlyList<PredictedAction>? _answer;
    private IReadOnlyList<PastActionReading> _past = [];
    private IReadOnlyDictionary<string, ItemReading> _actions = new Dictionary<string, ItemReading>();

    [Parameter, EditorRequired] public string Account { get; set; } = "";
    [Parameter, EditorRequired] public string Project { get; set; } = "";
    [Parameter, EditorRequired] public Arn Endpoint { get; set; }

    private Arn Group => Arn.DatasetGroup(session.Region, Account, Project);
    private string Address => navigation.BaseUri.TrimEnd('/');
    private FilterExpression? Expression => _filters.TryGetValue(_filter, out var filter) ? filter.Expression : null;
    private IReadOnlyList<string> Parameters => [.. Expression?.Parameters ?? []];

    protected override async Task OnInitializedAsync()
    {
        try
        {
            _samples = await session.AsAsync(Account, p => readings.SampleUsersAsync(p, Group, MostSamples, default));
            await ReadFiltersAsync();
        }
        catch (RefusedException refused)
        {
            _fault = refused.Message;
        }
        // Somebody comes to see recommendations: the first ones need no click.
        if (_samples is not [var first, ..]) return;
        _user = first;
        await AskAsync();
    }

    private async Task ReadFiltersAsync()
    {
        var found = await session.CallAsync<ListFiltersRequest, ListFiltersResponse>(
            Account, new() { DatasetGroupArn = Group.ToString(), MaxResults = MostFilters });
        foreach (var filter in found.Filters ?? [])
        {
            var whole = await session.CallAsync<DescribeFilterRequest, DescribeFilterResponse>(Account, new() { FilterArn = filter.FilterArn! });
            if (FilterParser.TryParse(whole.Filter!.FilterExpression!, out var expression, out _)
                && expression.Clauses.All(clause => clause.Subject is FilterSubject.Action))
                _filters[filter.FilterArn!] = (filter.Name!, expression);
        }
    }

    private Task AnotherAsync()
    {
        if (_samples.Count == 0) return Task.CompletedTask;
        _user = _samples[++_sample % _samples.Count];
        return AskAsync();
    }

    private async Task AskAsync()
    {
        (_isBusy, _fault) = (true, null);
        _count = Math.Clamp(_count, 1, MostAsked);
        var call = new AskedCall(Endpoint.ToString(), _user.Trim(), ItemId: null, Items: null, _count, new Dictionary<string, string>(), [])
        {
            IsOfActions = true, Filter = _filter.Length == 0 ? null : _filter,
            FilterValues = _filter.Length == 0 ? null : FilterValues.Of(Parameters, _filterValues),
        };
        try
        {
            var watch = Stopwatch.StartNew();
            var answer = (await session.CallAsync<GetActionRecommendationsRequest, GetActionRecommendationsResponse>(
                Account, call.Actions())).ActionList ?? [];
            var took = watch.Elapsed;
            var past = await session.AsAsync(Account, p => readings.DescribeUserActionsAsync(p, Group, call.UserId!, PastShown, default));
            string[] ids = [.. answer.Select(action => action.ActionId!), .. past.Select(done => done.ActionId)];
            _actions = await session.AsAsync(Account, p => readings.DescribeActionsAsync(p, Group, ids, default));
            (_answer, _past, _asked, _took) = (answer, past, call, took);
        }
        catch (RefusedException refused)
        {
            _fault = refused.Message;
        }
        _isBusy = false;
    }

    private string? NoteOf(string id) => _actions.GetValueOrDefault(id) is { } action ? new ActionWords(action, clock.GetUtcNow()).Note ?? id : null;
}
