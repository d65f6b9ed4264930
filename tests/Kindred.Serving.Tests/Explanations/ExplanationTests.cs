using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Explanations;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Explanations;

public sealed class ExplanationTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly Arn _group;

    public ExplanationTests() => _group = _world.AddGroup(ServingWorld.Alice);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task ExplainAsync_AScoreThatHangsOnOneEvent_NamesItsItemAlone()
    {
        var campaign = _world.AddCampaign(_group, new FakeModel("aws-user-personalization-v2", "a", "b", "c", "x")
        {
            Score = (history, item) => item == 3 && history.Any(e => e.Item == 1) ? 5 : 0,
        });
        await DoAsync("a", "b", "b", "c");

        var answer = await ExplainAsync(campaign, "u", "x", "nobody knows it");

        var item = Assert.Single(answer.Items);
        var past = Assert.Single(item.PastItems);
        Assert.Equal(("x", "b", 3), (item.ItemId, past.ItemId, answer.PastItemsTried));
        Assert.InRange(past.Weight, 1, 5); // log of the item's share: e⁵ of e⁵ + 3, and then one of four
    }

    [Fact]
    public async Task ExplainAsync_SomebodyUnknown_SaysThatItIsWhatIsPopular()
    {
        var campaign = _world.AddCampaign(_group, new FakeModel("aws-user-personalization-v2", "a", "b"));

        var answer = await ExplainAsync(campaign, "stranger", "a");

        Assert.True(answer.IsFallback);
        Assert.Empty(Assert.Single(answer.Items).PastItems);
    }

    [Fact]
    public async Task ExplainAsync_ALongHistory_TriesTheNewestItemsOnly()
    {
        var items = Enumerable.Range(0, 40).Select(i => $"i{i}").ToArray();
        var campaign = _world.AddCampaign(_group, new FakeModel("aws-user-personalization-v2", items) { Score = (history, _) => history.Length });
        foreach (var some in items.Chunk(10)) await DoAsync(some);

        var answer = await ExplainAsync(campaign, "u", "i0");

        Assert.Equal(LeaveOneOutWeights.MostItems, answer.PastItemsTried);
    }

    [Fact]
    public async Task ExplainAsync_AnotherTenantsCampaign_IsNotFound()
    {
        var others = _world.AddCampaign(_world.AddGroup(ServingWorld.Bob), new FakeModel("aws-user-personalization-v2", "a"));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ExplainAsync(others, "u", "a"));

        Assert.Equal(RefusalCode.ResourceNotFound, refused.Code);
    }

    [Fact]
    public async Task ExplainAsync_ACampaignThatIsTheSameForEverybody_IsRefused()
    {
        var campaign = _world.AddCampaign(_group, new FakeModel("aws-popularity-count", "a"));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ExplainAsync(campaign, "u", "a"));

        Assert.Equal(RefusalCode.InvalidInput, refused.Code);
    }

    private Task<AnswerExplanation> ExplainAsync(string campaign, string user, params string[] items) =>
        _world.Recommendations.ExplainAsync(new ExplanationQuery(campaign, user, items), ServingWorld.Alice, TestContext.Current.CancellationToken).AsTask();

    private async Task DoAsync(params string[] items)
    {
        foreach (var item in items)
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
            await _world.Ingestion.PutEventsAsync(
                new PutEventsRequest
                {
                    TrackingId = "tracker-shop", UserId = "u", SessionId = "s",
                    EventList = [new Event { EventType = "View", ItemId = item, SentAt = _world.Clock.GetUtcNow() }],
                },
                ServingWorld.Alice, TestContext.Current.CancellationToken);
        }
    }
}
