using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Tests.Personalization;

public class RecentPopularityTests
{
    [Fact]
    public void Add_FashionsThatChange_FollowTheTimeOfTheHistory()
    {
        var builder = new InteractionLogBuilder();
        var random = new Random(1);
        for (var time = 0; time < 4000; time++)
            builder.Add($"u{time % 400}", $"i{time / 1000 * 5 + random.Next(5)}", time); // five other items every 1,000 seconds
        var log = builder.Build();
        var recent = RecentPopularity.Train(log, ItemPopularity.LogShares(ItemPopularity.CountUsers(log)))!;

        for (var fashion = 0; fashion < 4; fashion++)
        {
            var scores = Score(recent, log, 1000 * fashion + 900);
            for (var item = 0; item < scores.Length; item++)
                Assert.Equal(log.ItemIds[item] is var id && int.Parse(id[1..]) / 5 == fashion, scores[item] > 0);
        }
        Assert.Equal(Score(recent, log, 3999), Score(recent, log, 1_000_000));
        Assert.All(Score(recent, log, -5), score => Assert.Equal(0, score));
    }

    [Fact]
    public void Train_OneTime_IsNothing()
    {
        var builder = new InteractionLogBuilder();
        for (var i = 0; i < 1000; i++)
            builder.Add($"u{i % 50}", $"i{i % 20}", 7);
        var log = builder.Build();

        Assert.Null(RecentPopularity.Train(log, new float[log.ItemIds.Count]));
    }

    private static float[] Score(RecentPopularity recent, InteractionLog log, long time)
    {
        var scores = new float[log.ItemIds.Count];
        var query = new ScoreQuery { History = [new HistoryEvent(0, -1, time)] };
        recent.Add(new HistoryView(query, scores.Length, new int[HistoryView.MaxSteps]), 1, new SignalScratch(scores.Length), scores);
        return scores;
    }
}
