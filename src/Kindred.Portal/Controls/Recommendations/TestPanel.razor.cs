using System.Diagnostics;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Operations.Explanations;
using Kindred.Operations.Readings;
using Kindred.Portal.Controls.Filters;
using Kindred.Portal.Sessions;
using Kindred.Serving.Explanations;
using Kindred.Serving.Filters;
using Kindred.Serving.Readings;
using Kindred.Storage.Schemas;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Controls.Recommendations;

/// <summary>Tries a campaign or a recommender as one of the users, for one of the items, or with a list, and says why it answers so.</summary>
public sealed partial class TestPanel(
    TenantSession session, DataReadings readings, RecommendationExplanations explanations, NavigationManager navigation)
{
    private const int MostSamples = 12;
    private const int HistoryShown = 10;
    private const int MostAsked = 50; // the contract's own limit for answers with columns
    private const int MostColumns = 10;
    private const int MostFilters = 100;

    /// <summary>Columns of interactions that say who did what, not in which situation.</summary>
    private static readonly string[] Plain =
    [
        ColumnNames.UserId, ColumnNames.ItemId, ColumnNames.Timestamp, ColumnNames.EventType, ColumnNames.EventValue,
        ColumnNames.Impression, ColumnNames.RecommendationId, ColumnNames.EventAttributionSource,
    ];

    private readonly Dictionary<string, string> _context = new(StringComparer.Ordinal);
    private readonly HashSet<string> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _filterValues = new(StringComparer.Ordinal);
    private IReadOnlyList<FilterSummary> _filters = [];
    private FilterExpression? _filterExpression;
    private string _filter = "";
    private IReadOnlyList<string> _samples = [];
    private IReadOnlyList<string> _found = [];
    private IReadOnlyList<string> _sampleItems = [];
    private IReadOnlyList<string> _contextColumns = [];
    private IReadOnlyList<string> _itemColumns = [];
    private string _subject = "";
    private string _related = "";
    private string _list = "";
    private int _count = 10;
    private int _sample;
    private bool _isBusy;
    private string? _fault;
    private TimeSpan? _took;
    private double _best = 1;
    private AskedCall? _asked;
    private UserReading? _history;
    private IReadOnlyList<PredictedItem>? _answer;
    private AnswerExplanation? _why;
    private IReadOnlyDictionary<string, ItemReading> _items = new Dictionary<string, ItemReading>();

    [Parameter, EditorRequired] public string Account { get; set; } = "";
    [Parameter, EditorRequired] public string Project { get; set; } = "";
    [Parameter, EditorRequired] public Arn Endpoint { get; set; }
    /// <summary>Name of the recipe or use case behind it.</summary>
    [Parameter] public string Recipe { get; set; } = "";

    private IReadOnlyList<string> FilterParameters => [.. _filterExpression?.Parameters ?? []];
    private RecipeInput Input => RecipeInputs.Of(Recipe);
    private bool HasUser => Input is RecipeInput.User or RecipeInput.List or RecipeInput.UserAndItem;
    private Arn Group => Arn.DatasetGroup(session.Region, Account, Project);
    private string Address => navigation.BaseUri.TrimEnd('/');
    private bool HasScores => _answer?.Any(item => item.Score is not null) ?? false;
    private string? HistoryNote => _history is { } history ? $"{Math.Min(HistoryShown, history.EventCount)} newest of {history.EventCount} interactions" : null;

    private string Title => Input switch
    {
        RecipeInput.Item or RecipeInput.UserAndItem => $"What goes with {_items.GetValueOrDefault(_asked!.Subject)?.Name ?? _asked.Subject}",
        RecipeInput.List => $"The list in the order of {_asked!.Subject}",
        RecipeInput.Nothing => "What everybody is shown",
        _ => $"What {_asked!.Subject} is recommended",
    };

    protected override async Task OnInitializedAsync()
    {
        try
        {
            var users = await session.AsAsync(Account, p => readings.SampleUsersAsync(p, Group, MostSamples, default));
            var items = Input is RecipeInput.Item or RecipeInput.List or RecipeInput.UserAndItem ? await ItemsOfAsync(users) : [];
            _found = _samples = Input is RecipeInput.Item ? items : users;
            _sampleItems = items;
            if (Input is RecipeInput.UserAndItem) _related = items is [var item, ..] ? item : "";
            _list = string.Join(", ", items.Take(8));
            (_contextColumns, _itemColumns) = await ColumnsAsync();
            _filters = await FiltersAsync();
        }
        catch (RefusedException refused)
        {
            _fault = refused.Message;
        }
        // Somebody comes to see recommendations: the first ones need no click.
        if (_samples is [var first, ..]) await TryAsync(first);
        else if (Input is RecipeInput.Nothing) await AskAsync();
    }

    private async Task<IReadOnlyList<string>> ItemsOfAsync(IReadOnlyList<string> users)
    {
        var items = new List<string>();
        foreach (var user in users.Take(3))
        {
            var did = await session.AsAsync(Account, p => readings.DescribeUserAsync(p, Group, user, 4, default));
            items.AddRange(did?.Newest.Select(e => e.ItemId) ?? []);
        }
        IReadOnlyList<string> different = [.. items.Distinct()];
        _items = await session.AsAsync(Account, p => readings.DescribeItemsAsync(p, Group, [.. different], default));
        return different;
    }

    private async Task<(IReadOnlyList<string> Context, IReadOnlyList<string> Items)> ColumnsAsync()
    {
        var schemas = await ProjectSchemas.ReadAsync(session, Group);
        string[] items = [.. NamesOf(schemas, DatasetTypes.Items).Where(name => name != ColumnNames.ItemId)];
        string[] context = [.. NamesOf(schemas, DatasetTypes.Interactions).Except(Plain, StringComparer.OrdinalIgnoreCase)];
        return (context, items);
    }

    private static IEnumerable<string> NamesOf(IReadOnlyDictionary<string, ParsedSchema> schemas, string type) =>
        (schemas.GetValueOrDefault(type)?.Fields ?? []).Select(field => field.Name);

    private async Task<IReadOnlyList<FilterSummary>> FiltersAsync() =>
        (await session.CallAsync<ListFiltersRequest, ListFiltersResponse>(
            Account, new() { DatasetGroupArn = Group.ToString(), MaxResults = MostFilters })).Filters ?? [];

    private async Task ChooseFilterAsync(ChangeEventArgs chosen)
    {
        (_filter, _filterExpression) = ((string?)chosen.Value ?? "", null);
        if (_filter.Length == 0) return;
        try
        {
            var found = await session.CallAsync<DescribeFilterRequest, DescribeFilterResponse>(Account, new() { FilterArn = _filter });
            _filterExpression = FilterParser.TryParse(found.Filter!.FilterExpression!, out var expression, out _) ? expression : null;
        }
        catch (RefusedException refused)
        {
            _fault = refused.Message;
        }
    }

    private void Show(string column, bool isShown)
    {
        if (isShown) _columns.Add(column);
        else _columns.Remove(column);
    }

    private Task TryAsync(string subject)
    {
        _subject = subject;
        return AskAsync();
    }

    private Task AnotherAsync() => _samples.Count == 0 ? Task.CompletedTask : TryAsync(_samples[++_sample % _samples.Count]);

    private async Task FindAsync(ChangeEventArgs typed)
    {
        _subject = (string?)typed.Value ?? "";
        var text = _subject.Trim();
        if (text.Length == 0)
        {
            _found = _samples;
            return;
        }
        try
        {
            _found = await session.AsAsync(Account, p => readings.FindUsersAsync(p, Group, text, MostSamples, default));
        }
        catch (RefusedException)
        {
            _found = _samples; // only a help for typing: what is wrong, asking will say
        }
    }

    private async Task AskAsync()
    {
        (_isBusy, _fault) = (true, null);
        _count = Math.Clamp(_count, 1, MostAsked);
        var (subject, input) = (_subject.Trim(), Input);
        var call = new AskedCall(
            Endpoint.ToString(), HasUser ? subject : null,
            input switch { RecipeInput.Item => subject, RecipeInput.UserAndItem => _related.Trim(), _ => null },
            input is RecipeInput.List ? [.. Ids(_list)] : null, _count,
            _context.Where(c => c.Value.Trim().Length > 0).ToDictionary(), [.. _itemColumns.Where(_columns.Contains)])
        {
            Filter = _filter.Length == 0 ? null : _filter,
            FilterValues = _filter.Length == 0 ? null : FilterValues.Of(FilterParameters, _filterValues),
        };
        try
        {
            var clock = Stopwatch.StartNew();
            var items = await AnswerAsync(call);
            var took = clock.Elapsed;
            var history = call.UserId is { } user
                ? await session.AsAsync(Account, p => readings.DescribeUserAsync(p, Group, user, HistoryShown, default)) : null;
            // What is explained is what a user is shown, not what goes with an item.
            var why = call.UserId is null || call.ItemId is not null || items.Count == 0 ? null : await ExplainAsync(call, items);
            string?[] ids =
            [
                .. items.Select(i => i.ItemId), .. history?.Newest.Select(e => e.ItemId) ?? [], call.ItemId, .. _sampleItems,
                .. why?.Items.SelectMany(i => i.PastItems).Select(p => p.ItemId) ?? [],
            ];
            _items = await session.AsAsync(Account, p => readings.DescribeItemsAsync(p, Group, [.. ids.OfType<string>()], default));
            (_answer, _history, _asked, _why, _took) = (items, history, call, why, took);
            _best = Math.Max(1e-12, items.Max(i => i.Score) ?? 1);
        }
        catch (RefusedException refused)
        {
            _fault = refused.Message;
        }
        _isBusy = false;
    }

    private async Task<IReadOnlyList<PredictedItem>> AnswerAsync(AskedCall call) => call.IsRanking
        ? (await session.CallAsync<GetPersonalizedRankingRequest, GetPersonalizedRankingResponse>(Account, call.Ranking())).PersonalizedRanking ?? []
        : (await session.CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(Account, call.Recommendations())).ItemList ?? [];

    private Task<AnswerExplanation> ExplainAsync(AskedCall call, IReadOnlyList<PredictedItem> items) =>
        session.AsAsync(Account, p => explanations.ExplainAsync(
            p, new ExplanationQuery(call.Endpoint, call.UserId!, [.. items.Take(ExplanationQuery.MostItems).Select(i => i.ItemId!)],
                call.Context.Count == 0 ? null : call.Context), default));

    private static IEnumerable<string> Ids(string list) =>
        list.Split([',', '\n', '\r', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(MostAsked);
}
