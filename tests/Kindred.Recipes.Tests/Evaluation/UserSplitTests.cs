using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Tests.Data;

namespace Kindred.Recipes.Tests.Evaluation;

public class UserSplitTests
{
    [Fact]
    public void Of_AnyLog_HoldsOutATenthOfTheUsersWhole()
    {
        var log = PlantedShop.Create(users: 205);

        var split = UserSplit.Of(log, seed: 7);

        Assert.Equal(21, split.TestUsers.Count);
        Assert.All(split.TestUsers, user => Assert.Equal(0, split.Training.InteractionsOf(user)));
        Assert.Equal(log.Count, split.Training.Count + split.TestUsers.Sum(log.InteractionsOf));
        Assert.Equal(split.TestUsers, UserSplit.Of(log, seed: 7).TestUsers);
        Assert.NotEqual(split.TestUsers, UserSplit.Of(log, seed: 8).TestUsers);
    }

    [Fact]
    public void TruthOf_ShortAndLongHistories_IsTheNewestTenthAndAtLeastOne()
    {
        var builder = new Kindred.Recipes.Interactions.InteractionLogBuilder();
        foreach (var (user, count) in new[] { ("two", 2), ("thirty", 30) })
        {
            for (var i = 0; i < count; i++)
                builder.Add(user, $"i{i}", i);
        }

        var split = UserSplit.Of(builder.Build(), seed: 1);

        Assert.Equal(1, split.TruthOf(0));
        Assert.Equal(2 + 27, split.TruthOf(1));
    }

    [Fact]
    public void TruthOf_Baskets_NoneIsCutInTwo()
    {
        var log = Groceries.Create();

        var split = UserSplit.Of(log, seed: 1);

        Assert.All(split.TestUsers, user => Assert.True(log.Timestamps[split.TruthOf(user) - 1] < log.Timestamps[split.TruthOf(user)]));
        Assert.Contains(split.TestUsers, user => log.UserStarts[user + 1] - split.TruthOf(user) > log.InteractionsOf(user) / 9); // cut by rows
    }
}
