using System.Globalization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Kindred.Operations.Readings;
using Kindred.Portal.Sessions;
using Kindred.Serving.Filters;
using Kindred.Serving.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Controls.Filters;

/// <summary>Tries a filter while it is typed: how many of the project's items may be shown, and which come first.</summary>
public sealed partial class FilterPreview(TenantSession session, DataReadings readings, TimeProvider clock) : IDisposable
{
    private const int MostShown = 6;
    private const int MostUsers = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250); // of somebody who types

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private CancellationTokenSource _run = new();
    private FilterExpression? _of;
    private IReadOnlyList<string> _users = [];
    private string _user = "";
    private string _item = "";
    private bool _isUp;
    private string? _fault;
    private FilterTrial? _trial;
    private IReadOnlyDictionary<string, ItemReading> _items = new Dictionary<string, ItemReading>();

    [Parameter, EditorRequired] public Arn Group { get; set; }
    /// <summary>Null while there is none to be tried.</summary>
    [Parameter, EditorRequired] public FilterExpression? Expression { get; set; }

    private IReadOnlyList<string> Parameters => [.. Expression?.Parameters ?? []];
    private IReadOnlyList<string> Required => FilterValues.RequiredOf(Expression);
    private bool NamesUser => Expression?.Clauses.Any(clause => clause.NamesUser) ?? false;
    private bool NamesItem => Expression?.Clauses.Any(clause => clause.NamesItem) ?? false;

    /// <summary>What has to be entered first, or why it cannot be tried on items; null when nothing has to.</summary>
    private string? Missing =>
        Expression?.Clauses is [{ Subject: FilterSubject.Action }, ..] ? "It is about actions: the page of a campaign that offers them tries it."
        : Expression?.Clauses is [{ Subject: FilterSubject.User }, ..] ? "It is about users: a batch job of segments takes it."
        : NamesUser && _user.Trim().Length == 0 ? "It says something else for each user: enter one."
        : NamesItem && _item.Trim().Length == 0 ? "It compares with the item that related ones are asked for: enter one."
        : Required.FirstOrDefault(name => string.IsNullOrWhiteSpace(_values.GetValueOrDefault(name))) is { } value
            ? $"Enter a value for ${value}; each request gives its own."
            : null;

    public void Dispose()
    {
        _run.Cancel();
        _run.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(Expression, _of)) return;
        _of = Expression;
        Schedule();
    }

    /// <remarks>Not while it is prerendered: what is tried then, nobody sees.</remarks>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _isUp = true;
        await SuggestAsync();
        Schedule();
    }

    private async Task SuggestAsync()
    {
        try
        {
            _users = await session.AsAsync(Group.Account, p => readings.SampleUsersAsync(p, Group, MostUsers, _run.Token));
            if (_users is not [var first, ..]) return;
            if (_user.Length == 0) _user = first;
            var did = await session.AsAsync(Group.Account, p => readings.DescribeUserAsync(p, Group, first, 1, _run.Token));
            if (_item.Length == 0 && did?.Newest is [var newest, ..]) _item = newest.ItemId;
        }
        catch (RefusedException)
        {
            // Only suggestions: what is wrong, trying will say.
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private void Schedule()
    {
        if (!_isUp) return;
        _run.Cancel();
        _run.Dispose();
        _run = new CancellationTokenSource();
        _ = TryAsync(_run.Token);
    }

    private async Task TryAsync(CancellationToken newer)
    {
        try
        {
            if (Expression is not { } expression || Missing is not null)
            {
                (_trial, _fault) = (null, null);
                await InvokeAsync(StateHasChanged);
                return;
            }
            if (_trial is not null) await Task.Delay(Pause, clock, newer);
            var (values, user, item) = (FilterValues.Of(Parameters, _values), NamesUser ? _user.Trim() : null, NamesItem ? _item.Trim() : null);
            var trial = await session.AsAsync(Group.Account, p => readings.TryFilterAsync(p, Group, expression, values, user, item, MostShown, newer), newer);
            var items = await session.AsAsync(
                Group.Account, p => readings.DescribeItemsAsync(p, Group, [.. trial.FirstShown, .. trial.FirstHidden], newer), newer);
            newer.ThrowIfCancellationRequested();
            (_trial, _items, _fault) = (trial, items, null);
        }
        catch (RefusedException refused)
        {
            _fault = refused.Message;
        }
        catch (OperationCanceledException)
        {
            return; // something newer is tried, or the page was left
        }
        await InvokeAsync(StateHasChanged);
    }

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
