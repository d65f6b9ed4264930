using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Members;

public class BasketNeighboursTests
{
    [Fact]
    public void Score_AnyHistory_AgreesWithBruteForce()
    {
        var log = Groceries.Create(users: 150);
        var member = BasketNeighbours.Train(log, new TrainingRun(1, 2));
        var users = Enumerable.Range(0, log.UserIds.Count).Select(user => Frequencies(log, user)).ToArray();

        for (var user = 0; user < 20; user++)
        {
            var history = new HistoryEvent[log.InteractionsOf(user)];
            log.CopyHistory(log.UserStarts[user], history);
            var (scores, expected) = (new float[log.ItemIds.Count], new double[log.ItemIds.Count]);
            member.Score(new ScoreQuery { History = history }, scores);

            foreach (var other in users)
            {
                var similarity = users[user].Sum(own => own.Value * other.GetValueOrDefault(own.Key))
                    / Math.Sqrt(other.Values.Sum(frequency => frequency * frequency));
                foreach (var (item, frequency) in other)
                    expected[item] += similarity * frequency;
            }
            var scale = scores.Sum() / expected.Sum(); // only shares count
            for (var item = 0; item < scores.Length; item++)
                Assert.Equal(scale * expected[item], scores[item], tolerance: 1e-4 * scores.Max());
        }
    }

    [Fact]
    public void Score_NothingOrUnknown_IsNothing()
    {
        var log = Groceries.Create(users: 50);
        var scores = new float[log.ItemIds.Count];
        BasketNeighbours.Train(log, new TrainingRun(1, 1)).Score(new ScoreQuery { History = [new HistoryEvent(-1, 0, 0)] }, scores);

        Assert.All(scores, score => Assert.Equal(0, score));
    }

    /// <summary>Share of a user's baskets that hold each item.</summary>
    private static Dictionary<int, double> Frequencies(InteractionLog log, int user)
    {
        var rows = Enumerable.Range(log.UserStarts[user], log.InteractionsOf(user)).ToList();
        var baskets = rows.GroupBy(row => log.Timestamps[row]).ToList();
        return rows.Select(row => log.Items[row]).Distinct()
            .ToDictionary(item => item, item => (double)baskets.Count(basket => basket.Any(row => log.Items[row] == item)) / baskets.Count);
    }
}
