using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;

namespace Kindred.Recipes.Tests.Interactions;

public class BasketsTests
{
    [Fact]
    public void Are_RowsOfOneTimeDaysApart_AreBaskets() => Assert.True(Baskets.Are(Groceries.Create()));

    [Fact]
    public void Are_OneAfterTheOther_AreNot()
    {
        Assert.False(Baskets.Are(PlantedShop.Create()));
        Assert.False(Baskets.Are(TasteClusters.Create()));
        Assert.False(Baskets.Are(new InteractionLogBuilder().Build()));
    }

    [Fact]
    public void Are_SeveralRatingsASecond_AreNot()
    {
        var log = new InteractionLogBuilder(); // as on MovieLens: pages of films, rated at once, and the next page a little later
        for (var user = 0; user < 50; user++)
        {
            for (var i = 0; i < 40; i++)
                log.Add($"u{user}", $"film {(7 * user + i) % 90}", 1_000_000 + 1000 * user + 30 * (i / 4));
        }
        Assert.False(Baskets.Are(log.Build()));
    }

    [Fact]
    public void Are_OneTimeForEverything_AreNot()
    {
        var log = new InteractionLogBuilder();
        for (var i = 0; i < 500; i++)
            log.Add($"u{i % 50}", $"i{i % 31}", 7);
        Assert.False(Baskets.Are(log.Build())); // nothing comes next
    }

    [Fact]
    public void StartOf_AnyEnd_IsWhereTheVisitBegan()
    {
        var log = new InteractionLogBuilder();
        foreach (var (item, time) in new[] { ("a", 0), ("b", 0), ("c", 90_000), ("d", 90_030), ("e", 180_000) })
            log.Add("u", item, time);
        var built = log.Build();

        Assert.Equal([4, 2, 2, 0, 0], new[] { 5, 4, 3, 2, 1 }.Select(end => Baskets.StartOf(built, 0, end)));
    }
}
