using Kindred.Contracts.Protocol.Runtime;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Recommendations;

public sealed class RankingTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly string _campaign;

    public RankingTests() =>
        _campaign = _world.AddCampaign(
            _world.AddGroup(ServingWorld.Alice),
            new FakeModel("aws-personalized-ranking", "a", "b", "c", "d") { Score = (_, item) => item == 3 ? 0 : -item });

    [Fact]
    public async Task RankAsync_KnownItems_AreOrderedWithTheSoftmaxOverTheInputs()
    {
        var ranked = await RankAsync("c", "b");

        Assert.Equal(["b", "c"], ranked.Select(item => item.ItemId));
        Assert.Equal(1, ranked.Sum(item => item.Score!.Value), 6);
        Assert.Equal(1 / (1 + Math.Exp(-1)), ranked[0].Score!.Value, 6);
    }

    [Fact]
    public async Task RankAsync_EqualScores_KeepTheCallersOrder()
    {
        Assert.Equal(["d", "a", "b"], (await RankAsync("d", "a", "b")).Select(item => item.ItemId));
        Assert.Equal(["a", "d", "b"], (await RankAsync("b", "a", "d")).Select(item => item.ItemId));
    }

    [Fact]
    public async Task RankAsync_UnknownItems_ComeLastInTheCallersOrderWithScoreZero()
    {
        var ranked = await RankAsync("x", "b", "y", "a");

        Assert.Equal(["a", "b", "x", "y"], ranked.Select(item => item.ItemId));
        Assert.Equal([0.0, 0.0], ranked.Skip(2).Select(item => item.Score!.Value));
    }

    [Fact]
    public async Task RankAsync_OnlyUnknownItems_KeepTheirOrder() =>
        Assert.Equal(["y", "x"], (await RankAsync("y", "x")).Select(item => item.ItemId));

    [Fact]
    public async Task RankAsync_RepeatedItems_AreRankedOnce() =>
        Assert.Equal(["a", "b", "x"], (await RankAsync("b", "a", "b", "x", "a", "x")).Select(item => item.ItemId));

    [Fact]
    public async Task RankAsync_ItemsTheUserHasMet_StayInTheirPlaces()
    {
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "a");

        Assert.Equal(["a", "b"], (await RankAsync("b", "a")).Select(item => item.ItemId));
    }

    [Fact]
    public async Task RankAsync_FiveHundredItems_AreAllRanked() =>
        Assert.Equal(500, (await RankAsync([.. Enumerable.Range(0, 500).Select(i => $"x{i}")])).Count);

    private async Task<IReadOnlyList<PredictedItem>> RankAsync(params string[] inputs) =>
        (await _world.Recommendations.RankAsync(new GetPersonalizedRankingRequest { CampaignArn = _campaign, UserId = "u", InputList = inputs }, ServingWorld.Alice, default)).PersonalizedRanking!;

    public void Dispose() => _world.Dispose();
}
