using System.Globalization;
using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Filters;
using Kindred.Serving.Readings;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Filters;

/// <summary>Filters through the whole service, against what plain loops over the same records say.</summary>
public sealed class FilteredAnswersTests : IDisposable
{
    private static readonly string[] Categories = ["Comedy", "Drama", "Horror", "News"];
    private static readonly string[] Types = ["View", "Purchase"];

    private readonly ServingWorld _world = new();
    private readonly Random _random = new(11);
    private readonly Dictionary<string, Record> _items = [];
    private readonly Dictionary<string, int> _ages = [];
    private readonly List<(string User, string Item, string Type)> _events = [];
    private Dictionary<string, string> _values = [];

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Recommend_ByRandomFilters_GivesExactlyWhatLoopsGive()
    {
        var (group, campaign) = await BuildAsync();
        for (var run = 0; run < 10_000; run++)
        {
            var (expression, values, allows) = Expression();
            var user = $"u{_random.Next(6)}";
            var filter = _world.AddFilter(group, expression);

            var answer = await _world.Recommendations.RecommendAsync(
                new() { CampaignArn = campaign, UserId = user, NumResults = 500, FilterArn = filter, FilterValues = values },
                ServingWorld.Alice, default);

            var expected = _items.Keys.Where(item => allows(user, item)).Order(StringComparer.Ordinal);
            Assert.Equal(expected, answer.ItemList!.Select(item => item.ItemId!).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task TryFilter_ByRandomFilters_GivesWhatLoopsGiveOfAllItemsThatTheGroupKnows()
    {
        var (group, _) = await BuildAsync();
        // Events alone have named this one; and the last ten of the model were in no import, but for the one that was put since.
        _items["met-only"] = Record.Empty;
        _events.Add(("u9", "met-only", "View"));
        string[] known = [.. _items.Keys.Except(Names("i", 40).Skip(30)).Append("i35")];
        var readings = new GroupReadings(_world.Groups);
        for (var run = 0; run < 400; run++)
        {
            var (text, values, allows) = Expression();
            var user = run % 4 == 0 ? "u9" : $"u{_random.Next(6)}";
            Assert.True(FilterParser.TryParse(text, out var expression, out _));

            var trial = await readings.TryFilterAsync(group, expression, values, user, null, most: 1000, default);

            var expected = known.Where(item => allows(user, item)).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(expected, trial.FirstShown.Order(StringComparer.Ordinal));
            Assert.Equal(known.Except(expected).Order(StringComparer.Ordinal), trial.FirstHidden.Order(StringComparer.Ordinal));
            Assert.Equal((known.Length, expected.Length), (trial.Items, trial.Shown));
        }
    }

    [Fact]
    public async Task Recommend_WithValues_BindsThem_AndAnExcludeWithoutItsValueDoesNotCount()
    {
        var (group, campaign) = await BuildAsync();
        var filter = _world.AddFilter(group,
            "INCLUDE ItemID WHERE Items.CATEGORY IN ($CATEGORY) | EXCLUDE ItemID WHERE Items.PRICE > $MOST");

        var some = await ItemsAsync(campaign, filter, new() { ["CATEGORY"] = "\"Comedy\",\"News\"", ["MOST"] = "20" });
        var all = await ItemsAsync(campaign, filter, new() { ["CATEGORY"] = "\"Comedy\"" });

        Assert.Equal(Matching(record => record.Has("Comedy", "News") && !(record.Price > 20)), some);
        Assert.Equal(Matching(record => record.Has("Comedy")), all);
        foreach (var (values, says) in ((Dictionary<string, string>, string)[])
        [
            ([], "$CATEGORY has no value"),
            (new() { ["CATEGORY"] = "Comedy" }, "double quotes"),
            (new() { ["category"] = "\"Comedy\"" }, "upper and lower case differ"),
            (new() { ["CATEGORY"] = "\"Comedy\"", ["MOST"] = "1,2" }, "one value"),
            (new() { ["CATEGORY"] = "\"Comedy\"", ["MOST"] = "\"x\"" }, "is a number"),
        ])
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => ItemsAsync(campaign, filter, values));
            Assert.Equal(RefusalCode.InvalidInput, refused.Code);
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Recommend_AnItemAndAnEventOfAMomentAgo_AreSeenByTheFilter()
    {
        var (group, campaign) = await BuildAsync();
        var news = _world.AddFilter(group, "INCLUDE ItemID WHERE Items.CATEGORY IN (\"Fresh\")", "news");
        var met = _world.AddFilter(group, "INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"view\")", "met");
        Assert.Empty(await ItemsAsync(campaign, news, null));

        await _world.PutItemAsync(ServingWorld.Alice, "brand-new", """{"category":"Fresh|Comedy"}""");
        await _world.PutAsync(ServingWorld.Alice, "nobody", "s", "brand-new");

        Assert.Equal(["brand-new"], await ItemsAsync(campaign, news, null));
        Assert.Equal(["brand-new"], await ItemsAsync(campaign, met, null, "nobody"));
    }

    [Fact]
    public async Task Rank_WithAFilter_LeavesOutWhatItDoesNotLetThrough()
    {
        var (group, _) = await BuildAsync();
        var campaign = _world.AddCampaign(group, new FakeModel("aws-personalized-ranking-v2", [.. Names("i", 40)]), "ranking");
        var filter = _world.AddFilter(group, "EXCLUDE ItemID WHERE Items.CATEGORY IN (\"Horror\")");
        string[] given = [.. Names("i", 40), "stranger"];

        var answer = await _world.Recommendations.RankAsync(
            new() { CampaignArn = campaign, UserId = "u1", InputList = given, FilterArn = filter }, ServingWorld.Alice, default);

        Assert.Equal(given.Where(item => !_items.GetValueOrDefault(item, Record.Empty).Has("Horror")).Order(StringComparer.Ordinal),
            answer.PersonalizedRanking!.Select(item => item.ItemId!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Promotions_TakeTheirShareOfThePlaces_FromTheirOwnFilter()
    {
        var (group, campaign) = await BuildAsync();
        var promoted = _world.AddFilter(group, "INCLUDE ItemID WHERE Items.CATEGORY IN (\"News\")", "promoted");
        var shown = _world.AddFilter(group, "EXCLUDE ItemID WHERE Items.CATEGORY IN (\"News\")", "shown");

        var answer = await _world.Recommendations.RecommendAsync(new()
        {
            CampaignArn = campaign, UserId = "u1", NumResults = 10, FilterArn = shown,
            Promotions = [new() { Name = "sale", PercentPromotedItems = 30, FilterArn = promoted }],
        }, ServingWorld.Alice, default);

        Assert.Equal(10, answer.ItemList!.Select(item => item.ItemId).Distinct().Count());
        Assert.Equal(3, answer.ItemList!.Count(item => item.PromotionName == "sale"));
        Assert.All(answer.ItemList!, item => Assert.Equal(item.PromotionName is not null, _items[item.ItemId!].Has("News")));
    }

    [Fact]
    public async Task Recommend_AFilterThatIsNotThereOrOfAnotherGroup_IsRefused_AndADeletedOneIsForgotten()
    {
        var (group, campaign) = await BuildAsync();
        var filter = _world.AddFilter(group, "INCLUDE ItemID WHERE Items.PRICE > 0");
        await ItemsAsync(campaign, filter, null);
        var elsewhere = _world.AddFilter(_world.AddGroup(ServingWorld.Alice, "other"), "INCLUDE ItemID WHERE Items.PRICE > 0", "elsewhere");

        Assert.Equal(RefusalCode.InvalidInput, (await Assert.ThrowsAsync<RefusedException>(() => ItemsAsync(campaign, elsewhere, null))).Code);
        _world.Catalog.Filters.TryRemove(filter, out _);
        _world.Feed.Publish(new(Contracts.Changes.ChangedSubject.Filter, filter, long.MaxValue));
        Assert.Equal(RefusalCode.ResourceNotFound, (await Assert.ThrowsAsync<RefusedException>(() => ItemsAsync(campaign, filter, null))).Code);
    }

    private async Task<string[]> ItemsAsync(string campaign, string filter, Dictionary<string, string>? values, string user = "u1")
    {
        var answer = await _world.Recommendations.RecommendAsync(
            new() { CampaignArn = campaign, UserId = user, NumResults = 500, FilterArn = filter, FilterValues = values }, ServingWorld.Alice, default);
        return [.. answer.ItemList!.Select(item => item.ItemId!).Order(StringComparer.Ordinal)];
    }

    private string[] Matching(Func<Record, bool> matches) =>
        [.. _items.Where(item => matches(item.Value)).Select(item => item.Key).Order(StringComparer.Ordinal)];

    /// <summary>Items of the model, of the catalogue, of both, and put since; users with events before and since.</summary>
    private async Task<(Arn Group, string Campaign)> BuildAsync()
    {
        var group = _world.AddGroup(ServingWorld.Alice);
        foreach (var item in Names("i", 40)) _items[item] = Record.Empty;
        var rows = new StringBuilder("ITEM_ID,CATEGORY,PRICE,CREATION_TIMESTAMP\n");
        foreach (var item in Names("i", 30).Concat(Names("n", 120))) // more rows than a word has bits
        {
            _items[item] = new Record(RandomCategories(), _random.Next(4) == 0 ? null : _random.Next(400) / 10.0);
            rows.Append(CultureInfo.InvariantCulture, $"{item},{string.Join('|', _items[item].Categories)},{_items[item].Price},\n");
        }
        await _world.ImportAsync(group, DatasetTypes.Items, rows.ToString());
        var users = new StringBuilder("USER_ID,AGE\n");
        for (var user = 0; user < 5; user++) users.Append(CultureInfo.InvariantCulture, $"u{user},{_ages[$"u{user}"] = 10 + 10 * user}\n");
        await _world.ImportAsync(group, DatasetTypes.Users, users.ToString());
        var history = new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n");
        for (var i = 0; i < 60; i++)
        {
            var e = ($"u{_random.Next(5)}", $"{"in"[_random.Next(2)]}{_random.Next(20)}", Types[_random.Next(2)]);
            _events.Add(e);
            history.Append(CultureInfo.InvariantCulture, $"{e.Item1},{e.Item2},{1_600_000_000 + i},{e.Item3}\n");
        }
        history.Append("u9,met-only,1600000000,View\n"); // no model knows it
        await _world.ImportAsync(group, DatasetTypes.Interactions, history.ToString());
        var campaign = _world.AddCampaign(group, new FakeModel("aws-popularity-count", [.. Names("i", 40)]));
        foreach (var item in ((string[])["i3", "i35", "n4", "p1", "p2"]))
        {
            _items[item] = new Record(RandomCategories(), _random.Next(40));
            await _world.PutItemAsync(ServingWorld.Alice, item,
                $$"""{"category":"{{string.Join('|', _items[item].Categories)}}","price":{{_items[item].Price}}}""");
        }
        await _world.PutAsync(ServingWorld.Alice, "u2", "s2", "i7", "n4", "p1");
        foreach (var item in ((string[])["i7", "n4", "p1"])) _events.Add(("u2", item, "View"));
        return (group, campaign);
    }

    private string[] RandomCategories() => [.. Categories.Where(_ => _random.Next(3) == 0)];

    private static IEnumerable<string> Names(string prefix, int count) => Enumerable.Range(0, count).Select(i => $"{prefix}{i}");

    /// <summary>A filter as text, the values that a request gives it, and what it means for a user and an item.</summary>
    private (string Text, IReadOnlyDictionary<string, string> Values, Func<string, string, bool> Allows) Expression()
    {
        _values = [];
        var clauses = Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Clause()).ToArray();
        return (string.Join(" | ", clauses.Select(clause => clause.Text)), _values, (user, item) =>
        {
            var counting = clauses.Where(clause => clause.Applies(user)).ToArray();
            var includes = counting.Where(clause => clause.IsInclude).ToArray();
            return (includes.Length == 0 || includes.Any(clause => clause.Names(user, item)))
                && !counting.Any(clause => !clause.IsInclude && clause.Names(user, item));
        });
    }

    private (string Text, bool IsInclude, Func<string, bool> Applies, Func<string, string, bool> Names) Clause()
    {
        var isInclude = _random.Next(2) == 0;
        Func<string, bool> applies = static _ => true;
        var condition = "";
        if (_random.Next(4) == 0)
        {
            var age = 10 * _random.Next(7);
            condition = $" IF CurrentUser.AGE >= {age}";
            applies = user => _ages.TryGetValue(user, out var known) && known >= age;
        }
        var (text, names) = _random.Next(3) == 0 ? Events() : OfItems(2);
        return ($"{(isInclude ? "INCLUDE" : "EXCLUDE")} ItemID WHERE {text}{condition}", isInclude, applies, names);
    }

    private (string Text, Func<string, string, bool> Names) Events()
    {
        var type = _random.Next(3) is var choice and < 2 ? Types[choice] : "*";
        var isNot = type != "*" && _random.Next(3) == 0;
        return ($"Interactions.EVENT_TYPE {(isNot ? "NOT IN" : "IN")} (\"{type.ToLowerInvariant()}\")",
            (user, item) => _events.Any(e => e.User == user && e.Item == item && (type == "*" || (e.Type == type) != isNot)));
    }

    /// <returns>The value, or the parameter that a request gives it by.</returns>
    private string Value(string value)
    {
        if (_random.Next(3) > 0) return value;
        _values[$"P{_values.Count}"] = value;
        return $"$P{_values.Count - 1}";
    }

    private (string Text, Func<string, string, bool> Names) OfItems(int depth)
    {
        if (depth > 0 && _random.Next(4) == 0)
        {
            // AND binds before OR.
            var (a, b, c) = (OfItems(0), OfItems(0), OfItems(0));
            return _random.Next(2) == 0
                ? ($"({a.Text} OR {b.Text} AND {c.Text})", (user, item) => a.Names(user, item) || (b.Names(user, item) && c.Names(user, item)))
                : ($"({a.Text} AND {b.Text} OR {c.Text})", (user, item) => (a.Names(user, item) && b.Names(user, item)) || c.Names(user, item));
        }
        if (depth > 0 && _random.Next(2) == 0)
        {
            var (isAll, left, right) = (_random.Next(2) == 0, OfItems(depth - 1), OfItems(depth - 1));
            return ($"({left.Text} {(isAll ? "AND" : "OR")} {right.Text})", isAll
                ? (user, item) => left.Names(user, item) && right.Names(user, item)
                : (user, item) => left.Names(user, item) || right.Names(user, item));
        }
        switch (_random.Next(5))
        {
            case 0:
                var (one, isNot) = (Categories[_random.Next(4)], _random.Next(2) == 0);
                return ($"Items.CATEGORY {(isNot ? "!=" : "=")} {Value($"\"{one}\"")}", (_, item) => _items[item].Has(one) != isNot);
            case 1:
                var (a, b, not) = (Categories[_random.Next(4)], Categories[_random.Next(4)], _random.Next(2) == 0);
                var list = $"\"{a}\", \"{b}\"";
                return ($"Items.CATEGORY {(not ? "NOT IN" : "IN")} ({(not ? list : Value(list))})", (_, item) => _items[item].Has(a, b) != not);
            case 2:
                var id = $"{"inp"[_random.Next(3)]}{_random.Next(4)}";
                return ($"Items.ITEM_ID != \"{id}\"", (_, item) => item != id);
            default:
                var price = _random.Next(400) / 10.0;
                var (sign, test) = ((string, Func<double, bool>)[])
                    [("<", p => p < price), ("<=", p => p <= price), (">", p => p > price), (">=", p => p >= price), ("=", p => p == price)]
                    is var signs ? signs[_random.Next(5)] : default;
                return (string.Create(CultureInfo.InvariantCulture, $"Items.PRICE {sign} {Value(price.ToString(CultureInfo.InvariantCulture))}"),
                    (_, item) => _items[item].Price is { } known && test(known));
        }
    }

    private sealed record Record(string[] Categories, double? Price)
    {
        public static Record Empty { get; } = new([], null);

        public bool Has(params string[] any) => Categories.Intersect(any).Any();
    }
}
