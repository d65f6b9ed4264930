using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;

namespace Kindred.Recipes.Tests.Interactions;

public class DataHabitTests
{
    [Fact]
    public void Of_ViewsAgainAndPurchasesOnce_TellsThemApart()
    {
        var builder = new InteractionLogBuilder();
        foreach (var (item, type, time) in new[]
                 {
                     ("a", "View", 1), ("b", "View", 2), ("a", "View", 3), ("a", "Purchase", 4), ("b", "View", 5), ("c", "Purchase", 6),
                 })
            builder.Add("u", item, time, type);

        var habit = DataHabit.Of(builder.Build());

        Assert.Equal((0.4, false, null), (habit.Repeats, habit.IsOfBaskets, habit.BasketSize));
        Assert.Equal(new Dictionary<string, double> { ["View"] = 2 / 3.0, ["Purchase"] = 0 }, habit.RepeatsByType);
        Assert.Equal(
            "40.0 % of later interactions repeat an earlier one (View 66.7 %, Purchase 0.0 %); one after the other, so the next one is foretold",
            habit.ToString());
    }

    [Fact]
    public void Of_Baskets_CountsByBasket()
    {
        var builder = new InteractionLogBuilder();
        foreach (var (item, day) in new[] { ("a", 1), ("a", 1), ("b", 1), ("a", 2), ("c", 2), ("c", 2), ("d", 2) })
            builder.Add("u", item, 86_400 * day, "", item.Length);
        var log = builder.Build(); // of rows that are there twice one is kept

        var habit = DataHabit.Of(log);

        Assert.Equal((1 / 3.0, true, 2.5), (habit.Repeats, habit.IsOfBaskets, habit.BasketSize));
        Assert.EndsWith("baskets of 2.5 rows without an order, so the next basket is foretold", habit.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Nothing_IsNone() => Assert.Equal(0, DataHabit.Of(new InteractionLogBuilder().Build()).Repeats);

    [Fact]
    public void Of_TasteClusters_IsHigh() => Assert.InRange(DataHabit.Of(TasteClusters.Create()).Repeats, 0.7, 0.9);
}
