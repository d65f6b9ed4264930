using System.Text;
using System.Text.Json;
using Kindred.Lab.Tests.World;
using Kindred.Testing;

namespace Kindred.Lab.Tests.Commands;

/// <summary>
/// Columns of the interactions beyond those of Amazon Personalize: walkers go on along their aisle by day, and along the one
/// opposite by night.
/// </summary>
public sealed class ContextTests : IDisposable
{
    private const string History = "USER_ID,ITEM_ID,TIMESTAMP\nnew,a1-2,1\nnew,a1-3,2\nnew,a1-4,3\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recommend_InAContext_GivesEachItsOwn()
    {
        var (model, updated) = (_folder.At("m.kindred"), _folder.At("u.kindred"));
        var trained = await SucceedAsync("train", "--interactions", Write("old.csv", 600), "--recipe", "kindred-transformer", "--output", model);
        await SucceedAsync("train", "--from", model, "--interactions", Write("all.csv", 700), "--output", updated);

        Assert.Contains("Context of the interactions: DAYPART (2 values), TEMPERATURE (numbers).", trained.Output, StringComparison.Ordinal);
        Assert.Contains("Not used: the columns IMPRESSION, SHOP (one value only), VISIT (", trained.Output, StringComparison.Ordinal);
        foreach (var file in new[] { model, updated })
        {
            Assert.True(await AislesAsync(file, 1, "--context", "DAYPART=day") >= 7);
            Assert.True(await AislesAsync(file, 1, "--context", "daypart=night", "--context", "WEATHER=rain") <= 1);
            Assert.True(await AislesAsync(file, 5, "--context", "daypart=night") >= 7);
            Assert.InRange(await AislesAsync(file, 1), 2, 7);
        }
        var odd = await RecommendAsync(model, "--context", "WEATHER=rain");
        Assert.Contains("The context WEATHER says nothing to the model, which knows DAYPART, TEMPERATURE.", odd.Output, StringComparison.Ordinal);
        Assert.Contains(
            "--context is 'DAYPART'; name=value was expected.",
            (await LabProcess.RunAsync(Arguments(model, "--context", "DAYPART"))).Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_TargetsWithAContext_AreFoundInIt()
    {
        var with = await NdcgAsync(Write("with.csv", 600));
        var without = await NdcgAsync(
            Walks.Write(
                _folder,
                "without.csv",
                string.Join('\n', File.ReadLines(_folder.At("with.csv")).Select(line => string.Join(',', line.Split(',')[..3])))));

        Assert.True(with > 1.3 * without, $"NDCG@10 is {with} in the context and {without} without it.");
    }

    private static async Task<double> NdcgAsync(string interactions)
    {
        var result = await SucceedAsync(
            "evaluate",
            "--interactions",
            interactions,
            "--recipe",
            "kindred-transformer",
            "--protocol",
            "leave-one-out",
            "--keep-seen",
            "--json");
        using var json = JsonDocument.Parse(result.Output);
        return Find(json.RootElement, "ndcg_at_10");
    }

    private static double Find(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .Select(property => property.NameEquals(name) ? Number(property.Value) : Find(property.Value, name))
            .FirstOrDefault(found => found > 0),
        JsonValueKind.Array => element.EnumerateArray().Select(part => Find(part, name)).FirstOrDefault(found => found > 0),
        _ => 0,
    };

    private static double Number(JsonElement element) =>
        element.ValueKind is JsonValueKind.Number ? element.GetDouble() : element.EnumerateObject().First().Value.GetDouble();

    /// <summary>Of the first eight items those of an aisle.</summary>
    private async Task<int> AislesAsync(string model, int aisle, params string[] more)
    {
        await RecommendAsync(model, more);
        return File.ReadAllText(_folder.At("out.tsv")).Split('\t', ' ', '\n').Skip(1).Take(8)
            .Count(item => item.StartsWith($"a{aisle}-", StringComparison.Ordinal));
    }

    private Task<LabResult> RecommendAsync(string model, params string[] more) => SucceedAsync(Arguments(model, more));

    private string[] Arguments(string model, params string[] more) =>
        [
            "recommend",
            "--model",
            model,
            "--history",
            Walks.Write(_folder, "history.csv", History),
            "--keep-seen",
            "--num-results",
            "8",
            "--output",
            _folder.At("out.tsv"),
            .. more,
        ];

    private string Write(string name, int users)
    {
        var (random, csv) = (new Random(7), new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,DayPart,TEMPERATURE,SHOP,VISIT,IMPRESSION\n"));
        for (var user = 0; user < users; user++)
        {
            var (aisle, time) = (random.Next(4), 1_600_000_000L + random.Next(1_000_000));
            for (var step = 0; step < Walks.Steps; step++)
            {
                var (isDay, place, degrees) = (random.Next(2) == 0, random.Next(Walks.ItemsPerAisle), random.NextDouble() * 30);
                time += 20_000 + random.Next(100_000);
                csv.Append(FormattableString.Invariant($"u{user},{Walks.Item(isDay ? aisle : aisle + 4, place)},{time},{(isDay ? "day" : "night")},{degrees:F2},here,v{time},\n"));
            }
        }
        return Walks.Write(_folder, name, csv.ToString());
    }

    private static async Task<LabResult> SucceedAsync(params string[] arguments)
    {
        var result = await LabProcess.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}
