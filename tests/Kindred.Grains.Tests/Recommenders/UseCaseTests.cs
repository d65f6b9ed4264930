using Kindred.Contracts.Refusals;
using Kindred.Grains.Tests.World;
using Kindred.Recipes.Catalog;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Recommenders;

/// <summary>Every use case, trained on planted data and asked: what it finds, and what it leaves out by itself.</summary>
public sealed class UseCaseTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Ecommerce_EveryUseCase_AnswersFromItsOwnEvents()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await new DomainShop(silo, SiloFixture.NewTenant(), DomainShop.Ecommerce).OpenAsync();
        var viewed = await shop.CreateAsync("viewed", "aws-ecomm-popular-items-by-views");
        var sold = await shop.CreateAsync("sold", "aws-ecomm-popular-items-by-purchases");
        var together = await shop.CreateAsync("together", "aws-ecomm-frequently-bought-together");
        var also = await shop.CreateAsync("also", "aws-ecomm-customers-who-viewed-x-also-viewed");
        var foryou = await shop.CreateAsync("foryou", "aws-ecomm-recommended-for-you");
        foreach (var arn in new[] { viewed, sold, together, also, foryou })
            Assert.Equal(("ACTIVE", null), (await shop.SettleAsync(arn) is var recommender ? recommender.Status : "", recommender.FailureReason));

        Assert.Equal(DomainShop.Seen, (await shop.RecommendAsync(viewed, "u0"))[0]);
        Assert.Equal(DomainShop.Bought, (await shop.RecommendAsync(sold, "u0"))[0]); // also for one who has bought it
        Assert.Equal(DomainShop.Pair(2, 7), (await shop.RecommendAsync(together, item: DomainShop.Item(2, 7)))[0]);
        foreach (var user in Enumerable.Range(0, 20))
        {
            var owned = DomainShop.OwnedBy(user).ToHashSet();
            var related = await shop.RecommendAsync(also, $"u{user}", DomainShop.Item(user % 4, 3), 8);
            var mine = await shop.RecommendAsync(foryou, $"u{user}", count: 8);
            Assert.Empty(owned.Intersect(related.Concat(mine)));
            Assert.Equal(8, related.Length);
            Assert.InRange(related.Count(item => DomainShop.ShelfOf(item) == user % 4), 7, 8);
            Assert.InRange(mine.Count(item => DomainShop.ShelfOf(item) == user % 4), 6, 8);
        }
        Assert.True((await shop.DescribeAsync(viewed)).ModelMetrics!["coverage"] > 0);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => shop.RecommendAsync(also, "u0"));
        Assert.Contains($"recommender '{also}' are userId, itemId; the request lacks itemId", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VideoOnDemand_EveryUseCase_AnswersFromItsOwnEvents()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await new DomainShop(silo, SiloFixture.NewTenant(), DomainShop.Video).OpenAsync(withItems: true);
        var popular = await shop.CreateAsync("popular", "aws-vod-most-popular");
        var trending = await shop.CreateAsync("trending", "aws-vod-trending-now");
        var because = await shop.CreateAsync("because", "aws-vod-because-you-watched-x");
        var more = await shop.CreateAsync("more", "aws-vod-more-like-x");
        var picks = await shop.CreateAsync("picks", "aws-vod-top-picks");
        foreach (var arn in new[] { popular, trending, because, more, picks })
            Assert.Equal(("ACTIVE", null), (await shop.SettleAsync(arn) is var recommender ? recommender.Status : "", recommender.FailureReason));

        Assert.Equal(DomainShop.Bought, (await shop.RecommendAsync(popular, "u0"))[0]);
        Assert.Equal(10, (await shop.RecommendAsync(trending)).Length);
        foreach (var user in Enumerable.Range(0, 20))
        {
            var owned = DomainShop.OwnedBy(user).ToHashSet();
            var related = await shop.RecommendAsync(because, $"u{user}", DomainShop.Item(user % 4, 3), 8);
            var alike = await shop.RecommendAsync(more, $"u{user}", DomainShop.Item(user % 4, 3), 8);
            var mine = await shop.RecommendAsync(picks, $"u{user}", count: 8);
            Assert.Empty(owned.Intersect(related.Concat(alike).Concat(mine)));
            Assert.InRange(alike.Count(item => DomainShop.ShelfOf(item) == user % 4), 7, 8);
            Assert.InRange(mine.Count(item => DomainShop.ShelfOf(item) == user % 4), 6, 8);
        }
    }

    [Fact]
    public void EveryUseCase_HasARecipe() => Assert.All(
        RecipeCatalog.All.Where(recipe => recipe.Domain is not null), recipe => Assert.NotNull(RecipeCatalog.Implementation(recipe.Name)));
}
