using Kindred.Contracts.Datasets;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Recommendations;

public sealed class ExplorationTests : IDisposable
{
    private static readonly string[] TwentyItems = [.. Enumerable.Range(0, 20).Select(i => $"i{i:D2}")];
    private readonly ServingWorld _world = new();

    [Fact]
    public async Task RecommendAsync_PutItem_IsRecommendedAtOnce()
    {
        var campaign = Campaign("aws-user-personalization-v2");
        Assert.DoesNotContain("new", await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 10));

        await _world.PutItemAsync(ServingWorld.Alice, "new", """{"category":"boots"}""");

        var items = await _world.RecommendAsync(ServingWorld.Alice, campaign, "u", 10);
        var found = Assert.Single(items, item => item.ItemId == "new");
        Assert.Equal(["Exploration"], found.Reason);
        Assert.Equal(0, found.Score);
        Assert.Equal(10, items.Count);
    }

    [Fact]
    public async Task RecommendAsync_NewItems_AreRankedBySharedCategories()
    {
        var campaign = Campaign("aws-user-personalization-v2");
        await _world.PutItemAsync(ServingWorld.Alice, "i05", """{"category":"boots|winter"}""");
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "i05");
        await _world.PutItemAsync(ServingWorld.Alice, "hat", """{"category":"hats"}""");
        await _world.PutItemAsync(ServingWorld.Alice, "boot", """{"category":"boots|winter"}""");
        await _world.PutItemAsync(ServingWorld.Alice, "warm hat", """{"category":"hats|winter"}""");

        var items = await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 10);

        Assert.Equal(["boot", "warm hat", "hat"], items.Where(item => !item.StartsWith('i')));
        Assert.Equal("boot", items[3]); // the first place of three tenths
    }

    /// <summary>The catalogue's items are read by its codes, those put since by their text: one category is one either way.</summary>
    [Fact]
    public async Task RecommendAsync_ImportedAndPutItems_ShareTheirCategories()
    {
        var group = _world.AddGroup(ServingWorld.Alice);
        var campaign = _world.AddCampaign(group, new FakeModel("aws-user-personalization-v2", TwentyItems));
        await _world.ImportAsync(group, DatasetTypes.Items,
            "ITEM_ID,CATEGORY,PRICE,CREATION_TIMESTAMP\ni05,boots|winter,1,\ni06,hats,1,\nboot,boots,1,\nhat,hats,1,\nmoon,space,1,\n");
        await _world.PutItemAsync(ServingWorld.Alice, "put boot", """{"category":"winter|boots"}""");
        await _world.PutItemAsync(ServingWorld.Alice, "put tent", """{"category":"tents"}""");
        await _world.PutItemAsync(ServingWorld.Alice, "i07", """{"category":"tents"}""");

        await _world.PutAsync(ServingWorld.Alice, "walker", "s", "i05", "i05", "i06");
        await _world.PutAsync(ServingWorld.Alice, "camper", "t", "i07");

        Assert.Equal(["put boot", "boot", "hat"], (await NewForAsync(campaign, "walker"))[..3]);
        Assert.Equal("put tent", (await NewForAsync(campaign, "camper"))[0]);
    }

    [Fact]
    public async Task RecommendAsync_NewItemTheUserHasMet_IsNotNewToThem()
    {
        var campaign = Campaign("aws-user-personalization-v2");
        await _world.PutItemAsync(ServingWorld.Alice, "new", """{"category":"boots"}""");
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "new");

        Assert.DoesNotContain("new", await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 10));
        Assert.Contains("new", await _world.ItemsForAsync(ServingWorld.Alice, campaign, "another", 10));
    }

    [Fact]
    public async Task RecommendAsync_NewItemThatTheModelScores_IsExploredAndShownOnce()
    {
        var model = new FakeModel("aws-user-personalization-v2", [.. TwentyItems, "new", "newer"]) { UnmetItems = 2, Score = (_, item) => item };
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), model);
        await _world.PutItemAsync(ServingWorld.Alice, "new", """{"category":"boots"}""");
        await _world.PutItemAsync(ServingWorld.Alice, "newer", """{"category":"boots"}""");
        await _world.PutAsync(ServingWorld.Alice, "u", "s", "newer");

        var items = await _world.RecommendAsync(ServingWorld.Alice, campaign, "u", 10);

        var found = Assert.Single(items, item => item.ItemId == "new");
        Assert.Equal(["Exploration"], found.Reason);
        Assert.DoesNotContain(items, item => item.ItemId == "newer"); // the user has met it
        Assert.Equal(10, items.Select(item => item.ItemId).Distinct().Count());
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.1", 1)]
    [InlineData("0.5", 5)]
    [InlineData("1", 8)]
    public async Task RecommendAsync_ExplorationWeight_IsTheShareOfPlaces(string weight, int expected)
    {
        var campaign = Campaign("aws-user-personalization", ("explorationWeight", weight));
        for (var i = 0; i < 8; i++) await _world.PutItemAsync(ServingWorld.Alice, $"new{i}", """{"category":"boots"}""");

        var items = await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 10);

        Assert.Equal(10, items.Length);
        Assert.Equal(expected, items.Count(item => item.StartsWith("new", StringComparison.Ordinal)));
        Assert.Equal(items.Length, items.Distinct().Count());
    }

    [Fact]
    public async Task RecommendAsync_ItemOlderThanTheCutOff_IsNotExplored()
    {
        var campaign = Campaign("aws-user-personalization", ("explorationItemAgeCutOff", "7"));
        var now = _world.Clock.GetUtcNow();
        await _world.PutItemAsync(ServingWorld.Alice, "old", $$"""{"creationTimestamp":{{now.AddDays(-8).ToUnixTimeSeconds()}}}""");
        await _world.PutItemAsync(ServingWorld.Alice, "young", $$"""{"creationTimestamp":{{now.AddDays(-6).ToUnixTimeSeconds()}}}""");

        var items = await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 10);

        Assert.Contains("young", items);
        Assert.DoesNotContain("old", items);
    }

    /// <summary>Items that a training set apart as cold are in the model, behind those that were met; how old they are was its business.</summary>
    [Fact]
    public async Task RecommendAsync_ColdItemsOfATraining_TakeTheirShareOfThePlaces()
    {
        string[] cold = [.. Enumerable.Range(0, 5).Select(i => $"cold{i}")];
        var model = new FakeModel("aws-hrnn-coldstart", [.. TwentyItems, .. cold]) { UnmetItems = cold.Length };
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), model);
        foreach (var item in cold) await _world.PutItemAsync(ServingWorld.Alice, item, """{"category":"boots","creationTimestamp":1}""");

        var items = await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 10);

        Assert.Equal(3, items.Intersect(cold).Count());
        Assert.Equal(10, items.Distinct().Count());
    }

    [Fact]
    public async Task RecommendAsync_ManyEqualNewItems_EachIsShownToSomebody()
    {
        var campaign = Campaign("aws-user-personalization-v2");
        for (var i = 0; i < 10; i++) await _world.PutItemAsync(ServingWorld.Alice, $"new{i}", """{"category":"boots"}""");

        var shown = new HashSet<string>();
        for (var user = 0; user < 60; user++) shown.UnionWith(await _world.ItemsForAsync(ServingWorld.Alice, campaign, $"u{user}", 5));

        Assert.Equal(10, shown.Count(item => item.StartsWith("new", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("aws-popularity-count")]
    [InlineData("aws-sims")]
    public async Task RecommendAsync_RecipeWithoutExploration_ShowsNoNewItems(string recipe)
    {
        var campaign = Campaign(recipe);
        await _world.PutItemAsync(ServingWorld.Alice, "new", """{"category":"boots"}""");

        Assert.DoesNotContain("new", await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 20, item: "i00"));
    }

    private async Task<string[]> NewForAsync(string campaign, string user) =>
        [.. (await _world.ItemsForAsync(ServingWorld.Alice, campaign, user, 20)).Where(item => !item.StartsWith('i'))];

    private string Campaign(string recipe, params (string, string)[] exploration) =>
        _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel(recipe, TwentyItems), exploration: exploration);

    public void Dispose() => _world.Dispose();
}
