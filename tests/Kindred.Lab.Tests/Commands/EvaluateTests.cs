using System.Text.Json;
using Kindred.Lab.Tests.World;
using Kindred.Testing;

namespace Kindred.Lab.Tests.Commands;

public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Evaluate_LeaveOneOut_IsWhatRecommendsListsGive()
    {
        // The judge's own way: hide the last two events of each user, train, give one of them as history, look for the other in the lists.
        var events = Walks.Events(300).ToList();
        var all = Walks.Write(_folder, "all.csv", Walks.Csv(events));
        var train = Walks.Write(_folder, "train.csv", Walks.Csv(Part(events, 0, Walks.Steps - 2)));
        var validation = Walks.Write(_folder, "validation.csv", Walks.Csv(Part(events, Walks.Steps - 2, 1)));
        var targets = Part(events, Walks.Steps - 1, 1).ToDictionary(e => e.User, e => e.Item);

        using var report = await EvaluateAsync("--interactions", all, "--protocol", "leave-one-out", "--recipe", "aws-user-personalization-v2");
        var recommended = await LabProcess.RunAsync("recommend", "--interactions", train, "--history", validation, "--output", _folder.At("run.tsv"));

        Assert.Equal(0, recommended.ExitCode);
        var hits = 0;
        var gain = 0.0;
        foreach (var line in File.ReadLines(_folder.At("run.tsv")))
        {
            var place = line.Split('\t')[1].Split(' ').Take(10).ToList().IndexOf(targets[line.Split('\t')[0]]);
            hits += place >= 0 ? 1 : 0;
            gain += place >= 0 ? 1 / Math.Log2(2 + place) : 0;
        }
        // A target that the user has met before is in no list; evaluate ranks it among the unseen.
        var repeated = targets.Count(target => events.Count(e => e.User == target.Key && e.Item == target.Value) > 1);
        Assert.InRange(Metric(report, "hit_rate_at_10") * 300, hits, hits + repeated);
        Assert.InRange(Metric(report, "ndcg_at_10") * 300, gain - 1e-6, gain + repeated);
        Assert.True(
            Metric(report, "ndcg_at_10") > 3 * report.RootElement.GetProperty("slices")[0].GetProperty("baseline")
                .GetProperty("metrics").GetProperty("ndcg_at_10").GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Evaluate_ColumnsWithGaps_SaysHowEachWasRead()
    {
        var events = Walks.Csv(Walks.Events(200)).TrimEnd('\n').Split('\n');
        string Degrees(int i) => i == 0 ? "DEGREES" : i == 9 ? "N/A" : $"{i % 90}.5";
        string Price(int i) => i == 3 ? "N/A" : i == 4 ? "" : $"{i}.99";
        var all = Walks.Write(_folder, "all.csv", string.Concat(events.Select((line, i) => $"{line},{Degrees(i)}\n")));
        var ids = events.Skip(1).Select(line => line.Split(',')[1]).Distinct();
        var items = Walks.Write(_folder, "items.csv",
            "ITEM_ID,PRICE,COLOUR\n" + string.Concat(ids.Select((id, i) => $"{id},{Price(i)},{(i % 2 == 0 ? "red" : "blue")}\n")));

        using var report = await EvaluateAsync("--interactions", all, "--items", items, "--recipe", "aws-popularity-count");

        var notes = report.RootElement.GetProperty("notes").EnumerateArray().Select(note => note.GetString()).ToArray();
        Assert.Contains("Columns of the items: PRICE (numbers, 2 gaps, 1 of them words such as 'N/A'), COLOUR (categories).", notes);
        Assert.Contains("Context of the interactions: DEGREES (numbers, 1 gap).", notes);
    }

    [Theory]
    [InlineData("leave-one-out", "test users")]
    [InlineData("time", "next new item|all later new items")]
    [InlineData("random", "hidden items")]
    [InlineData("next-basket", "test users")]
    [InlineData("users", "test users")]
    [InlineData("cold-items", "cold items|warm items|all items")]
    [InlineData("cold-users", "after 1 event|after 5 events")]
    public async Task Evaluate_EveryProtocol_ReportsMetricsIntervalsBaselineAndCost(string protocol, string slices)
    {
        var all = Walks.Write(_folder, "all.csv", Walks.Csv(Walks.Events(200)));
        var items = Walks.Write(_folder, "items.csv", Walks.ItemsCsv());

        using var report = await EvaluateAsync(
            "--interactions", all, "--items", items, "--protocol", protocol, "--recipe", "aws-user-personalization-v2");

        Assert.Equal(
            slices,
            string.Join(
                '|', report.RootElement.GetProperty("slices").EnumerateArray().Select(slice => slice.GetProperty("name").GetString())));
        foreach (var slice in report.RootElement.GetProperty("slices").EnumerateArray())
        {
            Assert.True(slice.GetProperty("users").GetInt32() > 0);
            foreach (var metric in slice.GetProperty("metrics").EnumerateObject().Concat(slice.GetProperty("baseline").GetProperty("metrics").EnumerateObject()))
            {
                var (value, low, high) = (metric.Value.GetProperty("value").GetDouble(), metric.Value.GetProperty("low").GetDouble(), metric.Value.GetProperty("high").GetDouble());
                Assert.InRange(value, 0, 1);
                Assert.InRange(value, low, high);
            }
        }
        Assert.True(report.RootElement.GetProperty("training").GetProperty("peak_bytes").GetInt64() > 1_000_000);
        Assert.True(report.RootElement.GetProperty("training").GetProperty("quoted_seconds").GetDouble() > 0);
        Assert.NotEqual("", report.RootElement.GetProperty("rung").GetString());
        Assert.Equal(protocol == "next-basket", report.RootElement.GetProperty("keep_seen").GetBoolean());
        Assert.False(report.RootElement.GetProperty("data").GetProperty("habit").GetProperty("baskets").GetBoolean());
    }

    [Fact]
    public async Task Evaluate_AnyThreads_GivesTheSameMetrics()
    {
        var all = Walks.Write(_folder, "all.csv", Walks.Csv(Walks.Events(200)));

        using var one = await EvaluateAsync("--interactions", all, "--threads", "1", "--seed", "5");
        using var three = await EvaluateAsync("--interactions", all, "--threads", "3", "--seed", "5");

        Assert.Equal(one.RootElement.GetProperty("slices").GetRawText(), three.RootElement.GetProperty("slices").GetRawText());
    }

    [Fact]
    public async Task Evaluate_Auto_ChoosesARecipeWithinItsBudget()
    {
        var all = Walks.Write(_folder, "all.csv", Walks.Csv(Walks.Events(150)));

        using var report = await EvaluateAsync("--interactions", all, "--recipe", "auto", "--budget", "5s");

        Assert.NotEqual("auto", report.RootElement.GetProperty("recipe").GetString());
        Assert.NotEmpty(report.RootElement.GetProperty("trials").EnumerateArray());
        Assert.True(
            Metric(report, "ndcg_at_10") > report.RootElement.GetProperty("slices")[0].GetProperty("baseline")
                .GetProperty("metrics").GetProperty("ndcg_at_10").GetProperty("value").GetDouble());
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<(string User, string Item, long Time)> Part(
        IEnumerable<(string User, string Item, long Time)> events, int from, int count) =>
        events.GroupBy(e => e.User).SelectMany(user => user.Skip(from).Take(count));

    private static async Task<JsonDocument> EvaluateAsync(params string[] arguments)
    {
        var result = await LabProcess.RunAsync(["evaluate", .. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output);
    }

    private static double Metric(JsonDocument report, string name) =>
        report.RootElement.GetProperty("slices")[0].GetProperty("metrics").GetProperty(name).GetProperty("value").GetDouble();
}
