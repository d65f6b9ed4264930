using Kindred.Demo.Shop;

namespace Kindred.EndToEnd.Tests.Demo;

public sealed class ShopGeneratorTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SyntheticShop Shop = ShopGenerator.Generate(7, End);

    [Fact]
    public void Generate_SameSeed_SameBytes()
    {
        var again = ShopGenerator.Generate(7, End);

        Assert.Equal(ShopFiles.Interactions(Shop), ShopFiles.Interactions(again));
        Assert.Equal(ShopFiles.Items(Shop), ShopFiles.Items(again));
        Assert.Equal(ShopFiles.Users(Shop), ShopFiles.Users(again));
    }

    [Fact]
    public void Generate_OtherSeed_OtherShop() =>
        Assert.NotEqual(ShopFiles.Items(Shop), ShopFiles.Items(ShopGenerator.Generate(8, End)));

    [Fact]
    public void Generate_Size_IsThatOfASmallShop()
    {
        Assert.Equal(ShopGenerator.ItemCount, Shop.Items.Count);
        Assert.Equal(ShopGenerator.UserCount, Shop.Users.Count);
        Assert.InRange(Shop.Interactions.Count, 280_000, 340_000);
        Assert.Equal(ShopGenerator.ItemCount, Shop.Items.Select(i => i.Name).Distinct().Count());
    }

    [Fact]
    public void Generate_Times_AscendWithinNinetyDays()
    {
        Assert.Equal(Shop.Interactions.Select(i => i.Timestamp).Order(), Shop.Interactions.Select(i => i.Timestamp));
        Assert.All(Shop.Interactions, i =>
            Assert.InRange(i.Timestamp, End.AddDays(-ShopGenerator.Days - 1).ToUnixTimeSeconds(), End.ToUnixTimeSeconds() + 3_600));
    }

    [Fact]
    public void Generate_Events_FunnelFromViewToPurchase()
    {
        var counts = Shop.Interactions.CountBy(i => i.Event).ToDictionary();

        Assert.True(counts[ShopEvent.View] > 3 * counts[ShopEvent.AddToCart]);
        Assert.True(counts[ShopEvent.AddToCart] > 1.5 * counts[ShopEvent.Purchase]);
        Assert.True(counts[ShopEvent.Purchase] > 3_000);
    }

    [Fact]
    public void Generate_Popularity_IsLongTailed()
    {
        var counts = Shop.Interactions.CountBy(i => i.Item).Select(c => c.Value).OrderDescending().ToArray();

        var share = (double)counts.Take(ShopGenerator.ItemCount / 10).Sum() / counts.Sum();

        Assert.InRange(share, 0.25, 0.75);
    }

    [Fact]
    public void Generate_Popularity_Drifts()
    {
        var middle = End.AddDays(-ShopGenerator.Days / 2).ToUnixTimeSeconds();

        var early = Top(Shop.Interactions.Where(i => i.Timestamp < middle));
        var late = Top(Shop.Interactions.Where(i => i.Timestamp >= middle));

        Assert.InRange(early.Intersect(late).Count(), 20, 90);

        static int[] Top(IEnumerable<ShopInteraction> interactions) =>
            [.. interactions.CountBy(i => i.Item).OrderByDescending(c => c.Value).Take(100).Select(c => c.Key)];
    }

    [Fact]
    public void Generate_People_KeepToTheirTastes()
    {
        var shares = Shop.Interactions.GroupBy(i => i.User).Where(g => g.Count() >= 20)
            .Select(g => g.CountBy(i => Shop.Items[i.Item].Category).Max(c => (double)c.Value) / g.Count());

        // With twelve departments and no tastes it would be about a fifth.
        Assert.True(shares.Average() > 0.35);
    }
}
