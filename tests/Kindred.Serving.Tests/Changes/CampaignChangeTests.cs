using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Changes;
using Kindred.Serving.Tests.World;
using Kindred.Testing;

namespace Kindred.Serving.Tests.Changes;

/// <summary>What a campaign serves is known in time, whatever the feed does.</summary>
public sealed class CampaignChangeTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly string _campaign;

    public CampaignChangeTests() =>
        _campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-popularity-count", "a"));

    [Fact]
    public async Task FindAsync_APush_IsSeenByTheNextRequest()
    {
        await FindAsync();

        Move(1, "models/second");

        Assert.Equal("models/second", (await FindAsync())!.ArtifactPath);
    }

    [Fact]
    public async Task FindAsync_EveryPushDropped_IsRightWithinTheLifetime()
    {
        _world.Feed.Drops = true;
        await FindAsync();

        Move(1, "models/second");
        _world.Clock.Advance(TimeSpan.FromSeconds(30));

        await Eventually.IsTrueAsync(async () => (await FindAsync())!.ArtifactPath == "models/second");
        _world.Grains.Campaigns.Clear(); // and gone as quietly
        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        await Eventually.IsTrueAsync(async () => await FindAsync() is null);
    }

    [Fact]
    public async Task FindAsync_PushesLateTwiceAndInAnyOrder_EndsAtTheNewestAndAsksNoMore()
    {
        _world.Feed.Holds = true;
        await FindAsync();
        for (var number = 1; number <= 5; number++) Move(number, $"models/{number}");

        _world.Feed.Release(seed: 1);
        Assert.Equal("models/5", (await FindAsync())!.ArtifactPath);
        var questions = _world.Grains.Questions;
        for (var number = 1; number <= 5; number++) _world.Feed.Deliver(new Change(ChangedSubject.Campaign, _campaign, number));

        Assert.Equal("models/5", (await FindAsync())!.ArtifactPath);
        Assert.Equal(questions, _world.Grains.Questions);
    }

    [Fact]
    public async Task RecommendAsync_GrainsUnreachable_GoesOnForAWhile()
    {
        Assert.Equal(["a"], await _world.ItemsForAsync(ServingWorld.Alice, _campaign, null));
        _world.Grains.IsUnreachable = true;

        _world.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(["a"], await _world.ItemsForAsync(ServingWorld.Alice, _campaign, null));
        _world.Clock.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAsync<TimeoutException>(() => _world.ItemsForAsync(ServingWorld.Alice, _campaign, null));
    }

    private void Move(long number, string artifactPath)
    {
        _world.Grains.Add(_world.Grains.Campaigns[_campaign] with { Number = number, ArtifactPath = artifactPath });
        _world.Feed.Publish(new Change(ChangedSubject.Campaign, _campaign, number));
    }

    private ValueTask<CampaignServing?> FindAsync() => _world.Campaigns.FindAsync(Arn.Parse(_campaign), default);

    public void Dispose() => _world.Dispose();
}
