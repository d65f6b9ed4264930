using Kindred.Files;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Evaluation.Protocols;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Evaluation;

public class FullRankingTests
{
    [Fact]
    public void Measure_ScoresWithManyTies_RanksAsSortingDoes()
    {
        var log = PlantedShop.Create(users: 120);
        var items = log.ItemIds.Count;
        using var model = new Scripted(log, (history, item) => (item * 7 + history.Length) % 11);
        var random = new Random(1);
        var candidates = Enumerable.Range(0, items).Select(_ => random.Next(4) > 0).ToArray();
        var cases = Enumerable.Range(0, 120).Select(user => new TestCase(
            log.UserStarts[user], log.UserStarts[user + 1] - random.Next(4),
            [.. Enumerable.Range(0, items).Where(item => candidates[item] && random.Next(20) == 0).Append(5).Distinct()])).ToList();

        foreach (var keepSeen in new[] { false, true })
        {
            var ranked = FullRanking.Measure(model, log, new TestSlice("all", cases) { Candidates = candidates }, keepSeen, new TrainingRun(1, 3));

            for (var i = 0; i < cases.Count; i++)
                Assert.Equal(Expected(log, cases[i], candidates, keepSeen), ranked.Ranks[i]);
        }
    }

    [Fact]
    public void Measure_NotANumber_IsAnErrorAndNotAGoodRank()
    {
        var log = PlantedShop.Create(users: 5);
        using var model = new Scripted(log, (_, _) => float.NaN);

        Assert.Throws<InvalidOperationException>(() =>
            FullRanking.Measure(model, log, new TestSlice("all", [new TestCase(0, 3, [1])]), keepSeen: false, new TrainingRun(1)));
    }

    [Fact]
    public void Measure_ItemsThatNothingIsKnownOf_RankAsByChance()
    {
        // Items appear in the order of their popularity; a model that scores all alike must not gain by it.
        var builder = new InteractionLogBuilder();
        for (var item = 0; item < 400; item++)
            builder.Add("u", $"i{item}", item);
        var log = builder.Build();
        using var model = new Scripted(log, (_, _) => 0);
        int[] popular = [.. Enumerable.Range(0, 100)];

        var ranked = FullRanking.Measure(model, log, new TestSlice("all", [new TestCase(0, 0, popular)]), keepSeen: true, new TrainingRun(1));

        Assert.Equal(200, ranked.Ranks[0].Average(), tolerance: 40);
    }

    [Fact]
    public void Measure_CaseThatIsAskedInAContext_TellsTheModel()
    {
        var log = DayParts.Create(30, ["DAYPART"]);
        using var model =
            new Scripted(log, (_, item) => -item) { Morning = (_, item) => DayParts.IsOfMorning(log.ItemIds[item]) ? 1000 - item : -item };
        var plan = new LeaveOneOutProtocol().Plan(log, seed: 1, int.MaxValue);
        var first = Enumerable.Range(0, log.ItemIds.Count).Count(item => DayParts.IsOfMorning(log.ItemIds[item]));

        var ranked = FullRanking.Measure(model, log, plan.Slices[0], keepSeen: true, new TrainingRun(1));

        Assert.All(plan.Slices[0].Cases.Zip(ranked.Ranks), pair =>
        {
            var isMorning = DayParts.IsOfMorning(log.ItemIds[pair.First.Truth[0]]);
            Assert.Equal(
                isMorning
                    ? Enumerable.Range(0, pair.First.Truth[0] + 1).Count(item => DayParts.IsOfMorning(log.ItemIds[item]))
                    : pair.First.Truth[0] + 1,
                pair.Second[0]);
        });
        // an item that is first in the morning only
        Assert.Contains(plan.Slices[0].Cases.Zip(ranked.Ranks), pair => pair.Second[0] <= first && pair.First.Truth[0] > first);
    }

    private static int[] Expected(InteractionLog log, TestCase test, bool[] candidates, bool keepSeen)
    {
        var seen = log.Items[test.InputStart..test.InputEnd].ToArray();
        var length = test.InputEnd - test.InputStart;
        var order = Enumerable.Range(0, log.ItemIds.Count)
            .Where(item => test.Truth.Contains(item) || (candidates[item] && (keepSeen || !seen.Contains(item))))
            .OrderByDescending(item => (item * 7 + length) % 11).ThenBy(item => FullRanking.TieOrder(item, test.InputStart)).ToList();
        return [.. test.Truth.Select(item => 1 + order.IndexOf(item)).Order()];
    }

    private sealed class Scripted(InteractionLog log, Func<HistoryEvent[], int, float> score) : ITrainedModel
    {
        public RecipeDescription Recipe => RecipeCatalog.Find("aws-user-personalization-v2")!;
        public IdTable Items => log.ItemIds;
        public IReadOnlyList<string> EventTypes => log.EventTypes;
        public string Rung => "scripted";
        public bool HasScores => true;

        /// <summary>Scores when it is asked in the morning; otherwise it does not look at the context.</summary>
        public Func<HistoryEvent[], int, float>? Morning { get; init; }

        public ScoreSummary Score(in ScoreQuery query, Span<float> scores)
        {
            var events = query.History.ToArray();
            for (var item = 0; item < scores.Length; item++)
                scores[item] = score(events, item);
            for (var item = 0; item < scores.Length && Morning is not null && query.Context?.Find("DAYPART") == "morning"; item++)
                scores[item] = Morning([], item);
            return default;
        }

        public bool TryScoreRelated(in RelatedQuery query, Span<float> scores) => false;
        public void Save(Stream destination) => throw new NotSupportedException();
        public void Save(Stream destination, Action<ArtifactWriter> addition) => throw new NotSupportedException();
        public void Dispose() { }
    }
}
