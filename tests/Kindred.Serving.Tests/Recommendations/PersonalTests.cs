using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Recommendations;

public sealed class PersonalTests : IDisposable
{
    private readonly ServingWorld _world = new();

    [Fact]
    public async Task RecommendAsync_AfterAnEvent_TheNextRequestSeesIt()
    {
        var model = new FakeModel("aws-user-personalization-v2", "a", "b", "c");
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), model);
        Assert.Equal(["a", "b", "c"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u"));

        await _world.PutAsync(ServingWorld.Alice, "u", "s", "a");

        Assert.Equal(["b", "c", "a"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u"));
        var e = Assert.Single(model.LastHistory);
        Assert.Equal((0, 0, _world.Clock.GetUtcNow().ToUnixTimeSeconds()), (e.Item, e.EventType, e.Timestamp));
    }

    [Fact]
    public async Task RecommendAsync_ItemsTheUserHasMet_ShowOnlyWhenNothingElseIsLeft()
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-user-personalization", "a", "b", "c", "d"));
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "b", "a", "a");

        Assert.Equal(["c", "d"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 2));
        Assert.Equal(["c", "d", "a"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 3));
        Assert.Equal(["c", "d", "a", "b"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u"));
    }

    [Fact]
    public async Task RecommendAsync_Scores_AreTheSoftmaxOverAllItems()
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-user-personalization", "a", "b", "c"));

        var all = await _world.RecommendAsync(ServingWorld.Alice, campaign, "u");
        var first = await _world.RecommendAsync(ServingWorld.Alice, campaign, "u", 1);

        Assert.Equal(1, all.Sum(item => item.Score!.Value), 6);
        Assert.Equal(Math.Exp(0) / (Math.Exp(0) + Math.Exp(-1) + Math.Exp(-2)), first[0].Score!.Value, 6);
    }

    [Fact]
    public async Task RecommendAsync_AnonymousSession_IsServedAndThenLinked()
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-user-personalization", "a", "b", "c", "d"));
        await _world.PutAsync(ServingWorld.Alice, null, "session", "a");
        Assert.Equal(["b", "c", "d", "a"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "session"));
        Assert.Equal(["a", "b", "c", "d"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u"));

        await _world.PutAsync(ServingWorld.Alice, "u", "session", "b");

        Assert.Equal(["c", "d", "a", "b"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u"));
    }

    [Fact]
    public async Task RecommendAsync_AfterRestart_EverythingAcknowledgedIsBack()
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-user-personalization", "a", "b", "c", "d"));
        await _world.PutAsync(ServingWorld.Alice, null, "session", "a");
        await _world.PutAsync(ServingWorld.Alice, "u", "session", "b");
        await _world.PutItemAsync(ServingWorld.Alice, "new", """{"category":"x"}""");
        var before = await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u");

        _world.Restart();

        Assert.Equal(before, await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u"));
        Assert.Contains("new", before);
    }

    [Theory]
    [InlineData("aws-user-personalization-v2", "Popular item")]
    [InlineData("aws-user-personalization", null)]
    public async Task RecommendAsync_UnknownUser_GetsTheFallback(string recipe, string? reason)
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel(recipe, "a", "b"));

        var items = await _world.RecommendAsync(ServingWorld.Alice, campaign, "never seen");

        Assert.Equal(["a", "b"], items.Select(item => item.ItemId));
        Assert.All(items, item => Assert.Equal(reason, item.Reason?.Single()));
    }

    [Fact]
    public async Task RecommendAsync_EventsOfUnknownItemsAndTypes_AreLeftOut()
    {
        var model = new FakeModel("aws-user-personalization", "a", "b");
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), model);
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "not in the model", "b");

        Assert.Equal(["a", "b"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u"));
        Assert.Equal([1], model.LastHistory.Select(e => e.Item));
    }

    [Fact]
    public async Task RecommendAsync_PopularityCount_NeedsNoUserAndShowsNoScores()
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-popularity-count", "a", "b"));
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "a");

        var items = await _world.RecommendAsync(ServingWorld.Alice, campaign, "u");

        Assert.Equal(["a", "b"], items.Select(item => item.ItemId)); // the same for everybody, met or not
        Assert.All(items, item => Assert.Null(item.Score));
        Assert.Equal(["a", "b"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, null));
    }

    [Fact]
    public async Task RecommendAsync_Sims_GivesRelatedItemsAndNeverTheItemItself()
    {
        var model = new FakeModel("aws-sims", "a", "b", "c") { Relation = (item, other) => other == 1 ? float.NegativeInfinity : other };
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), model);

        Assert.Equal(["c", "b"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, null, item: "a"));
        Assert.Equal(["a", "b", "c"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, null, item: "never seen"));
    }

    [Theory]
    [InlineData("aws-sims")]
    [InlineData("aws-similar-items")]
    [InlineData("aws-semantic-similarity")]
    public async Task RecommendAsync_RelatedItemsThatComeShort_AreFilledByContentThenPopularity(string recipe)
    {
        // The first is the most popular; "lamp" is related to "oil" alone.
        var model = new FakeModel(recipe, "hit", "bulb", "shade", "boot", "oil", "lamp")
        {
            Relation = (item, other) => (item, other) is (5, 4) ? 1 : float.NegativeInfinity,
        };
        var group = _world.AddGroup(ServingWorld.Alice);
        var campaign = _world.AddCampaign(group, model);
        await _world.ImportAsync(group, Kindred.Contracts.Datasets.DatasetTypes.Items,
            "ITEM_ID,CATEGORY,PRICE,CREATION_TIMESTAMP\nhit,,,\nbulb,light,,\nshade,light|home,,\nboot,home,,\noil,fuel,,\nlamp,light|home,,\n"
            + "newlamp,light,,\n");

        Assert.Equal(["oil", "shade", "bulb", "boot", "hit"], await AskAsync("lamp"));
        Assert.Equal(["oil", "shade"], (await AskAsync("lamp", 2)));
        // Known to the catalogue alone, known to be nothing in particular, and not known at all.
        Assert.Equal(["bulb", "shade", "lamp", "hit", "boot", "oil"], await AskAsync("newlamp"));
        Assert.Equal(["bulb", "shade", "boot", "oil", "lamp"], await AskAsync("hit"));
        Assert.Equal(["hit", "bulb", "shade", "boot", "oil", "lamp"], await AskAsync("nowhere"));

        Task<string[]> AskAsync(string item, int count = 25) => _world.ItemsForAsync(ServingWorld.Alice, campaign, null, count, item: item);
    }

    [Fact]
    public async Task RecommendAsync_RecommendationId_IsNewEveryTime()
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-popularity-count", "a"));
        var request = new Kindred.Contracts.Protocol.Runtime.GetRecommendationsRequest { CampaignArn = campaign };

        var first = await _world.Recommendations.RecommendAsync(request, ServingWorld.Alice, default);
        var second = await _world.Recommendations.RecommendAsync(request, ServingWorld.Alice, default);

        Assert.Matches("^RID-[0-9a-f-]{36}$", first.RecommendationId);
        Assert.NotEqual(first.RecommendationId, second.RecommendationId);
    }

    [Fact]
    public async Task RecommendAsync_RelatedItemsUnderAnInfluence_AreBentByIt()
    {
        var model = new FakeModel("aws-semantic-similarity", "a", "b", "c") { Relation = (_, other) => -other };
        var group = _world.AddGroup(ServingWorld.Alice);
        var campaign = _world.AddCampaign(group, model, "influenced");
        var plain = await _world.ItemsForAsync(ServingWorld.Alice, campaign, null, item: "a");
        var bent = _world.AddCampaign(group, model, "bent");
        _world.Grains.Add(_world.Grains.Campaigns[bent] with { RankingInfluence = new Dictionary<string, double> { ["FRESHNESS"] = 0.5 } });

        Assert.Equal(["b", "c"], plain);
        Assert.Equal(["c", "b"], await _world.ItemsForAsync(ServingWorld.Alice, bent, null, item: "a"));
    }

    /// <summary>A refined model takes the place of the quick one, whose file is deleted, between a request's look-up and its opening.</summary>
    [Fact]
    public async Task RecommendAsync_WhileItsModelIsReplaced_TakesTheNewOne()
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-popularity-count", "a"), "refined");
        var full = _world.Grains.Campaigns[campaign];
        _world.Grains.Add(full with { ArtifactPath = "models/gone" });
        _world.OpenFailed = () => _world.Grains.Add(full with { Number = 1 }); // and nobody says so

        Assert.Equal(["a"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, null));
    }

    public void Dispose() => _world.Dispose();
}
