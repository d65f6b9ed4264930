using CsCheck;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Tests.Interactions;

public class InteractionLogTests
{
    private static readonly Gen<(int User, int Item, long Time, int Type)[]> Rows =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 9], Gen.Long[0, 5], Gen.Int[-1, 2]).Array[0, 80];

    [Fact]
    public void Build_WithMoreEventTypesThanCanBeToldApart_TakesTheRestAsWithoutAType()
    {
        var builder = new InteractionLogBuilder();
        for (var i = 0; i < InteractionLogBuilder.MaxEventTypes + 10; i++) builder.Add("u", "i", i, $"type {i}");

        var log = builder.Build();

        Assert.Equal(InteractionLogBuilder.MaxEventTypes - 1, log.EventTypeCodes[InteractionLogBuilder.MaxEventTypes - 1]);
        Assert.Equal(-1, log.EventTypeCodes[^1]);
        Assert.Equal(1, log.WeightOf(log.EventTypeCodes.Length - 1));
    }

    [Fact]
    public void Build_AnyOrder_IsSortedByUserThenTimeAndStable() => Rows.Sample(rows =>
    {
        var builder = new InteractionLogBuilder();
        for (var i = 0; i < rows.Length; i++)
            // the value tells the arrival
            builder.Add($"u{rows[i].User}", $"i{rows[i].Item}", rows[i].Time, rows[i].Type < 0 ? "" : $"t{rows[i].Type}", i);

        var log = builder.Build();

        var users = rows.Select(row => row.User).Distinct().ToList();
        for (var user = 0; user < users.Count; user++)
        {
            Assert.Equal($"u{users[user]}", log.UserIds[user]);
            var expected = rows.Index().Where(row => row.Item.User == users[user]).OrderBy(row => row.Item.Time).ThenBy(row => row.Index).ToList();
            var range = log.UserStarts[user]..log.UserStarts[user + 1];
            Assert.Equal(expected.Select(row => (float)row.Index), log.EventValues[range].ToArray());
            Assert.Equal(expected.Select(row => row.Item.Time), log.Timestamps[range].ToArray());
            Assert.Equal(expected.Select(row => $"i{row.Item.Item}"), log.Items[range].ToArray().Select(item => log.ItemIds[item]));
            Assert.Equal(
                expected.Select(row => row.Item.Type < 0 ? null : $"t{row.Item.Type}"),
                log.EventTypeCodes[range].ToArray().Select(type => type < 0 ? null : log.EventTypes[type]));
        }
    }, iter: 300, threads: 1);

    [Fact]
    public void Build_RowsWithContexts_CarriesThemAlong() => Rows.Sample(rows =>
    {
        var builder = new InteractionLogBuilder();
        var (device, hour) = (builder.AddContext("DEVICE"), builder.AddContext("HOUR", isNumeric: true));
        for (var i = 0; i < rows.Length; i++)
        {
            // Item and time say the rest, so that it does not matter which of two equal rows is kept.
            builder.Add($"u{rows[i].User}", $"i{rows[i].Item}", rows[i].Time);
            if (rows[i].Item % 3 > 0)
                builder.SetContext(i, device, $"device of {rows[i].Item}");
            if (rows[i].Time > 0)
                builder.SetContext(i, hour, $"{rows[i].Time}.5");
        }

        var log = builder.Build();

        var odd = log.Where([.. log.Items.ToArray().Select(item => log.ItemIds[item][1] % 2 == 1)]);
        foreach (var part in new[] { log, odd })
        {
            for (var i = 0; i < part.Count; i++)
            {
                var item = part.ItemIds[part.Items[i]][1..];
                var context = part.ContextOf(i);
                Assert.Equal(int.Parse(item) % 3 > 0 ? $"device of {item}" : null, context?.Find("device"));
                Assert.Equal(part.Timestamps[i] > 0 ? $"{part.Timestamps[i]}.5" : null, context?.Find("HOUR"));
            }
        }
    }, iter: 300, threads: 1);

    [Fact]
    public void SettleContexts_ColumnsOfManyKinds_KeepsThoseThatMaySayAnything()
    {
        var builder = new InteractionLogBuilder();
        string[] names = ["DAYPART", "HOUR", "VISIT", "EMPTY", "SHOP", "CODE", "CLICK", "PROMOTION"];
        foreach (var name in names)
            builder.AddContext(name);
        for (var i = 0; i < 30_000; i++)
        {
            builder.Add("u", "i", i);
            string[] values =
            [
                i % 2 == 0 ? "day" : "night", $"{i / 7.0:R}", $"v{i / 2}", i % 3 == 0 ? "null" : " ", "one", $"{i % 32}", $"c{i}",
                i == 29_999 ? "sale" : "",
            ];
            for (var column = 0; column < names.Length; column++)
                builder.SetContext(i, column, values[column]);
        }

        var dropped = builder.SettleContexts();

        Assert.Equal(
            ["VISIT: 15000 different values in 30000 rows", "EMPTY: no values", "SHOP: one value only", "CLICK: more than 20000 different values"],
            dropped.Select(column => $"{column.Name}: {column.Reason}"));
        var log = builder.Build();
        Assert.Equal(["DAYPART", "HOUR", "CODE", "PROMOTION"], log.Contexts.Select(column => column.Name));
        Assert.Equal([2, null, 32, 1], log.Contexts.Select(column => column.Cells?.Count));
        Assert.Equal((20_006 / 7f, "sale"), (log.Contexts[1].Number(20_006), log.Contexts[3].Text(29_999)));
        Assert.Null(log.Contexts[3].Text(29_998));
    }

    [Fact]
    public void Build_RowsRecordedTwice_KeepsTheFirstOfEach() => Rows.Sample(rows =>
    {
        var builder = new InteractionLogBuilder();
        foreach (var row in rows)
            builder.Add($"u{row.User}", $"i{row.Item}", row.Time, row.Type < 0 ? "" : $"t{row.Type}");

        var log = builder.Build();

        var actual = Enumerable.Range(0, log.UserIds.Count).SelectMany(user =>
            Enumerable.Range(log.UserStarts[user], log.UserStarts[user + 1] - log.UserStarts[user])
                .Select(i => (log.UserIds[user], log.ItemIds[log.Items[i]], log.Timestamps[i], log.EventTypeCodes[i] < 0 ? "" : log.EventTypes[log.EventTypeCodes[i]])));
        var users = rows.Select(row => row.User).Distinct().ToList();
        var expected = rows.OrderBy(row => users.IndexOf(row.User)).ThenBy(row => row.Time).Distinct()
            .Select(row => ($"u{row.User}", $"i{row.Item}", row.Time, row.Type < 0 ? "" : $"t{row.Type}"));
        Assert.Equal(expected, actual);
    }, iter: 300, threads: 1);

    [Fact]
    public void AddBatch_DictionaryCoded_EqualsAdd() => Rows.Sample(rows =>
    {
        var (one, batch) = (new InteractionLogBuilder(), new InteractionLogBuilder());
        string[] users = [.. rows.Select(row => $"u{row.User}").Distinct()], items = [.. rows.Select(row => $"i{row.Item}").Distinct()];
        string[] types = ["t0", "t1", "t2"];
        foreach (var type in types)
            one.InternEventType(type);
        foreach (var row in rows)
            one.Add($"u{row.User}", $"i{row.Item}", row.Time, row.Type < 0 ? "" : $"t{row.Type}", 1);

        batch.AddBatch(new InteractionColumns
        {
            UserDictionary = users, Users = rows.Select(row => Array.IndexOf(users, $"u{row.User}")).ToArray(),
            ItemDictionary = items, Items = rows.Select(row => Array.IndexOf(items, $"i{row.Item}")).ToArray(),
            Timestamps = rows.Select(row => row.Time).ToArray(),
            EventTypeDictionary = types, EventTypes = rows.Select(row => row.Type).ToArray(),
            EventValues = rows.Select(_ => 1f).ToArray(),
        });

        var (expected, actual) = (one.Build(), batch.Build());
        Assert.Equal(expected.Items.ToArray(), actual.Items.ToArray());
        Assert.Equal(expected.EventTypeCodes.ToArray(), actual.EventTypeCodes.ToArray());
        Assert.Equal(expected.UserStarts.ToArray(), actual.UserStarts.ToArray());
    }, iter: 100, threads: 1);

    [Fact]
    public void Select_TypeIgnoringCaseAndThreshold_KeepsWhatReachesIt()
    {
        var log = Log(("view", 1), ("View", 3), ("buy", 9), ("VIEW", float.NaN), ("", 9));

        var selected = log.Select(EventSelection.Of("VIEW", "2.5"));

        Assert.Equal([3f], selected.EventValues.ToArray());
    }

    [Fact]
    public void Select_ThresholdAlone_LooksAtEveryType() =>
        Assert.Equal(2, Log(("view", 1), ("buy", 9), ("", 9), ("", float.NaN)).Select(EventSelection.Of(null, "9")).Count);

    [Fact]
    public void Select_Weights_DropsOtherTypesAndScalesTheLargestToOne()
    {
        var log = Log(("view", 1), ("buy", 1), ("like", 1));

        var selected = log.Select(EventSelection.OfWeighted([new("view", null, 0.1), new("buy", null, 0.4)]));

        Assert.Equal(2, selected.Count);
        Assert.Equal([0.25f, 1f], [selected.WeightOf(0), selected.WeightOf(1)]);
    }

    [Theory]
    [InlineData("much")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void Of_ThresholdIsNoNumber_Throws(string text) => Assert.Throws<FormatException>(() => EventSelection.Of("view", text));

    [Fact]
    public void Between_Percentiles_AreInclusiveAndNeverEmpty()
    {
        Assert.Equal([false, true, true, true, false], Percentiles.Between([1, 2, 3, 4, 100], 0.4, 0.8));
        Assert.Equal([true, true, true], Percentiles.Between([7, 7, 7], 0.01, 0.9));
        Assert.Equal([false, true], Percentiles.Between([0, 1], 0, 1));
    }

    private static InteractionLog Log(params (string Type, float Value)[] events)
    {
        var builder = new InteractionLogBuilder();
        foreach (var (type, value) in events)
            builder.Add("u", "i", 0, type, value);
        return builder.Build();
    }
}
