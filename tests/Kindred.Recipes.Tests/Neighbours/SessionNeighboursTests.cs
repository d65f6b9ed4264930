using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Neighbours;

public class SessionNeighboursTests
{
    private const long Hour = 3600;

    [Fact]
    public void Estimate_VisitsWithPauses_LiesBetweenThem()
    {
        var random = new Random(1);
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < 50; user++)
        {
            var time = 0L;
            for (var visit = 0; visit < 5; visit++, time += 12 * Hour + random.NextInt64(72 * Hour))
            {
                for (var step = 0; step < 6; step++)
                    builder.Add($"u{user}", $"i{random.Next(100)}", time += 5 + random.NextInt64(120));
            }
        }

        Assert.InRange(SessionGap.Estimate(builder.Build()) ?? 0, 150, 12 * Hour);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(1000)]
    public void Estimate_EvenPaces_IsNone(long pace)
    {
        var builder = new InteractionLogBuilder();
        for (var step = 0; step < 500; step++)
            builder.Add("u", $"i{step}", step * pace);

        Assert.Null(SessionGap.Estimate(builder.Build()));
    }

    [Fact]
    public void Of_PausesRepeatsAndLongSessions_SplitsAndSortsByEnd()
    {
        var log = Log(("late", "a", 100), ("late", "b", 101), ("late", "a", 102), ("late", "c", 500), ("late", "d", 501), ("late", "alone", 900),
            ("early", "c", 0), ("early", "b", 1), ("early", "a", 2), ("early", "d", 3), ("early", "e", 4));

        var sessions = SessionRows.Of(log, gapSeconds: 50, maxItems: 3);

        Assert.Equal(
            ["c b a", "d e", "a b", "c d"],
            Enumerable.Range(0, sessions.Count).Select(session =>
                string.Join(' ', sessions.Items[sessions.Starts[session]..sessions.Starts[session + 1]].Select(item => log.ItemIds[item]))));
    }

    [Fact]
    public void Score_AnyHistory_AgreesWithTheFormula()
    {
        var random = new Random(4);
        var builder = new InteractionLogBuilder();
        for (var item = 0; item < 12; item++)
            builder.InternItem($"i{item}");
        for (var user = 0; user < 60; user++)
        {
            for (var step = 0; step < 2 + user % 5; step++)
                builder.Add($"u{user}", $"i{random.Next(12)}", user * Hour + step);
        }
        var log = builder.Build();
        var options = new SessionNeighboursOptions(Neighbours: 7, SessionsPerItem: 9, Steps: 4);
        var member = SessionNeighbours.Train(new TrainingSet(log), options, new TrainingRun(1));
        var sessions = SessionRows.Of(log, SessionGap.Estimate(log), options.MaxItemsPerSession);

        foreach (var history in new int[][] { [3], [1, 2, 1], [5, 0, 7, 7, 9, 2], [11, -1, 99] })
        {
            var scores = new float[12];
            member.Score([.. history.Select(item => new HistoryEvent(item, -1, 0))], scores);
            var expected = Expected(sessions, options, [.. history.Where(item => item is >= 0 and < 12)]);
            for (var item = 0; item < 12; item++)
                Assert.Equal(expected[item], scores[item], tolerance: 1e-4 * (1 + expected[item]));
        }
    }

    [Fact]
    public void Train_ManyEventsInOneInstant_StaysFast()
    {
        var builder = new InteractionLogBuilder();
        for (var step = 0; step < 100_000; step++)
            builder.Add("robot", $"i{step % 5000}", 0, "view", step);

        using var model = Models.Train("kindred-session-knn", builder.Build());

        Assert.All(Models.Score(model, new HistoryEvent(17, -1, 0)), score => Assert.True(float.IsFinite(score)));
    }

    private static double[] Expected(SessionRows sessions, SessionNeighboursOptions options, int[] history)
    {
        int[] Of(int session) => sessions.Items[sessions.Starts[session]..sessions.Starts[session + 1]];
        var steps = new List<int>();
        foreach (var item in history.Reverse())
        {
            if (steps.Count == 0 || steps[^1] != item)
                steps.Add(item); // newest first
        }
        steps = steps.Take(options.Steps).ToList();
        var all = Enumerable.Range(0, sessions.Count).ToList();
        double Rarity(int item) =>
            all.Count(session => Of(session).Contains(item)) is > 0 and var count ? Math.Log(1 + (double)sessions.Count / count) : 0;
        var near = all.Select(session => (Session: session, Similarity: Enumerable.Range(0, steps.Count)
                .Where(age =>
                    steps.IndexOf(steps[age]) == age
                        && all.Where(other => Of(other).Contains(steps[age])).TakeLast(options.SessionsPerItem).Contains(session))
                .Sum(age => Math.Pow(options.Decay, age) * Rarity(steps[age])) / Math.Pow(Of(session).Length, options.LengthPower)))
            .Where(pair => pair.Similarity > 0).OrderByDescending(pair => (float)pair.Similarity).ThenBy(pair => pair.Session)
            .Take(options.Neighbours);
        var scores = new double[12];
        foreach (var (session, similarity) in near)
        {
            var items = Of(session);
            var matched = Array.IndexOf(items, steps.First(items.Contains));
            for (var i = 0; i < items.Length; i++)
            {
                if (i != matched)
                    scores[items[i]] += similarity * Math.Pow(Math.Abs(i - matched), -options.DistancePower) * (i > matched ? 1 : options.Backward);
            }
        }
        return scores;
    }

    private static InteractionLog Log(params (string User, string Item, long Time)[] events)
    {
        var builder = new InteractionLogBuilder();
        foreach (var (user, item, time) in events)
            builder.Add(user, item, time);
        return builder.Build();
    }
}
