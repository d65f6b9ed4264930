using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Serving.Readings;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Actions;

/// <summary>Actions from import to recommendation: real trainings on planted data.</summary>
public sealed class ActionTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task NextBestAction_OfPlantedTastes_ComesFirst_AndIsOfferedAsTheDatasetSays()
    {
        var caller = SiloFixture.NewTenant();
        await using (var silo = await TestSilo.StartAsync(_data.Path, jobs: new JobOptions { CompactionRecords = 1 }))
        {
            var shop = await (await new ActionShop(new Shop(silo, caller)).OpenAsync()).ServeAsync();
            await FindsTastesAsync(shop);
            await TellsOfThemAsync(silo, shop);
            await HonoursTheDatasetAsync(shop);
            await FiltersAsync(shop);
            await RefusesAsync(shop);
            await ExploresAsync(shop);
            await silo.Get<CompactionSchedule>().LookAsync();
            await Eventually.IsTrueAsync(async () => (await silo.DataAsync(shop.InteractionsArn)).CompactedThrough > 0);
            await StillKnowsAsync(shop);
        }
        await using var again = await TestSilo.StartAsync(_data.Path);
        var opened = new ActionShop(new Shop(again, caller));
        await StillKnowsAsync(opened);
        await opened.ForgetAsync("u0");
        Assert.Contains("left", await opened.NamesAsync("u0")); // nobody knows of the answer any more
        Assert.DoesNotContain("rare", await opened.NamesAsync("u4", "untaken"));
    }

    private static async Task FindsTastesAsync(ActionShop shop)
    {
        var right = 0;
        foreach (var user in Enumerable.Range(0, 40))
        {
            var offered = await shop.RecommendAsync($"u{user}");
            // What has expired is not offered; what was offered too seldom has no score.
            Assert.Equal(["left", "rare", "right"], offered.Select(action => action.ActionId!).Order(StringComparer.Ordinal));
            Assert.Equal(("rare", 0), (offered[^1].ActionId, offered[^1].Score));
            Assert.True(offered[0].Score >= offered[1].Score && offered[1].Score is > 0 and < 1);
            right += offered[0].ActionId == (user % 2 == 0 ? "left" : "right") ? 1 : 0;
        }
        Assert.True(right >= 36, $"{right} of 40 users are offered first what their taste takes.");
        Assert.Single(await shop.RecommendAsync("u1", count: 1));
        Assert.Equal(3, (await shop.RecommendAsync("nobody")).Length);
    }

    private static async Task TellsOfThemAsync(TestSilo silo, ActionShop shop)
    {
        var (readings, group) = (silo.Get<ActionReadings>(), Arn.Parse(shop.Shop.GroupArn));

        var actions = await readings.ListAsync(group, most: 3, default);

        Assert.Equal((4, 3), (actions.Count, actions.Newest.Count));
        var left = actions.Newest.Single(row => row.Action.Id == "left");
        Assert.Equal((600, 600, "offer"), (left.Viewed, left.Taken + left.NotTaken, left.Action.Values["KIND"]));
        Assert.True(left.Taken is > 200 and < 320, $"{left.Taken} of 600 answers are taken.");
        Assert.Equal("9", (await readings.DescribeAsync(group, ["over", "nothing"], default))["over"].Values["VALUE"]);
        var past = await readings.DescribeUserAsync(group, "u0", most: 4, default);
        Assert.Equal(4, past.Count);
        Assert.True(past[0].When >= past[^1].When);
        Assert.Empty(await readings.DescribeUserAsync(group, "nobody", most: 4, default));
    }

    private static async Task HonoursTheDatasetAsync(ActionShop shop)
    {
        await shop.AnswerAsync("u0", "left", "viewed");
        Assert.Contains("left", await shop.NamesAsync("u0"));
        await shop.AnswerAsync("u0", "left", "not_taken"); // within ten days it is not asked again
        Assert.DoesNotContain("left", await shop.NamesAsync("u0"));
        Assert.Contains("left", await shop.NamesAsync("u2"));

        await shop.PutAsync("fresh", """{"kind":"news","value":3}""");
        await shop.PutAsync("stale", """{"kind":"news","expirationTimestamp":1600000000}""");
        await shop.PutAsync("right", $$"""{"kind":"offer","expirationTimestamp":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 5}}}""");
        var offered = await shop.RecommendAsync("u2");
        Assert.Equal(["left", "rare", "fresh"], offered.Select(action => action.ActionId));
        Assert.Equal(0, offered[^1].Score);
    }

    private static async Task FiltersAsync(ActionShop shop)
    {
        await shop.AnswerAsync("u4", "rare", "Taken");
        await shop.FilterAsync("untaken", "EXCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN (\"TAKEN\")");
        await shop.FilterAsync("news", "INCLUDE ActionID WHERE Actions.KIND IN (\"news\") AND Actions.VALUE > 2");
        Assert.DoesNotContain("rare", await shop.NamesAsync("u4", "untaken"));
        Assert.Contains("rare", await shop.NamesAsync("u6", "untaken"));
        Assert.Equal(["fresh"], await shop.NamesAsync("u4", "news"));

        var expiry = await RefusedAsync(() => shop.FilterAsync("expiry", "INCLUDE ActionID WHERE Actions.EXPIRATION_TIMESTAMP > 5"));
        Assert.Contains("EXPIRATION_TIMESTAMP cannot be filtered by", expiry.Message, StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(ActionShop shop)
    {
        var silo = shop.Shop.Silo;
        var items = await RefusedAsync(() => silo.CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(
            shop.Shop.Caller, new() { CampaignArn = shop.CampaignArn, UserId = "u0" }));
        var tooMany = await RefusedAsync(() => shop.RecommendAsync("u0", count: 101));
        var what = await RefusedAsync(() => shop.AnswerAsync("u0", "left", "Clicked"));
        var tracker = await RefusedAsync(() => silo.CallAsync(shop.Shop.Caller, new PutActionInteractionsRequest
        {
            TrackingId = "00000000-0000-0000-0000-000000000000",
            ActionInteractions = [new() { ActionId = "a", SessionId = "s", EventType = "Taken", Timestamp = DateTimeOffset.UtcNow }],
        }));
        var dataset = await RefusedAsync(() => shop.Shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.ActionsArn }, shop.Shop.Caller));

        Assert.Contains("GetActionRecommendations", items.Message, StringComparison.Ordinal);
        Assert.Contains("numResults is 101; expected 1 to 100", tooMany.Message, StringComparison.Ordinal);
        Assert.Contains("eventType is 'Clicked'; Taken, Not Taken or Viewed was expected", what.Message, StringComparison.Ordinal);
        Assert.Equal((RefusalCode.ResourceNotFound, RefusalCode.ResourceInUse), (tracker.Code, dataset.Code));
    }

    /// <summary>Ten new actions for lists of five: the one or two places that are theirs go round.</summary>
    private static async Task ExploresAsync(ActionShop shop)
    {
        await shop.PutAsync("right", """{"kind":"offer"}""");
        await shop.PutAsync("over", """{"kind":"offer"}"""); // without its expiration
        for (var i = 0; i < 10; i++) await shop.PutAsync($"try{i}", """{"kind":"trial"}""");
        await shop.FilterAsync("trials", "INCLUDE ActionID WHERE Actions.KIND IN (\"offer\", \"trial\")");
        var (first, tried) = (0, new HashSet<string>());
        foreach (var user in Enumerable.Range(100, 60))
        {
            var offered = await shop.RecommendAsync($"u{user}", "trials", count: 4);
            Assert.Equal(4, offered.Select(action => action.ActionId).Distinct().Count());
            Assert.True(offered[0].Score > 0 && offered[1].Score > 0, "what is known comes first");
            first += offered[0].ActionId == (user % 2 == 0 ? "left" : "right") ? 1 : 0;
            tried.UnionWith(offered.Skip(2).Where(action => action.Score == 0).Select(action => action.ActionId!));
        }
        Assert.True(first >= 54, $"{first} of 60");
        Assert.True(tried.Count >= 8, $"{tried.Count} of 11 were shown to somebody");

        await shop.Shop.Tenant.UpdateCampaignAsync(new()
        {
            CampaignArn = shop.CampaignArn, CampaignConfig = new() { ItemExplorationConfig = new Dictionary<string, string> { ["explorationWeight"] = "1" } },
        }, shop.Shop.Caller);
        await shop.Shop.CampaignAsync(shop.CampaignArn);
        await Eventually.IsTrueAsync(async () => (await shop.RecommendAsync("u100", "trials")).All(action => action.Score == 0));
        var refused = await RefusedAsync(() => shop.Shop.Tenant.UpdateCampaignAsync(new()
        {
            CampaignArn = shop.CampaignArn,
            CampaignConfig = new() { ItemExplorationConfig = new Dictionary<string, string> { ["explorationItemAgeCutOff"] = "3" } },
        }, shop.Shop.Caller));
        Assert.Contains("explorationItemAgeCutOff is for items", refused.Message, StringComparison.Ordinal);
        await shop.Shop.Tenant.UpdateCampaignAsync(new()
        {
            CampaignArn = shop.CampaignArn, CampaignConfig = new() { ItemExplorationConfig = new Dictionary<string, string> { ["explorationWeight"] = "0" } },
        }, shop.Shop.Caller);
        await shop.Shop.CampaignAsync(shop.CampaignArn);
        await Eventually.IsTrueAsync(async () => (await shop.RecommendAsync("u100", "trials"))[0].Score > 0);
        // As it was before.
        await shop.PutAsync("right", $$"""{"kind":"offer","expirationTimestamp":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 5}}}""");
        foreach (var over in Enumerable.Range(0, 10).Select(i => $"try{i}").Append("over")) await shop.PutAsync(over, """{"kind":"trial","expirationTimestamp":1600000000}""");
    }

    private static async Task StillKnowsAsync(ActionShop shop)
    {
        Assert.DoesNotContain("left", await shop.NamesAsync("u0"));
        Assert.Equal(["left", "rare", "fresh"], await shop.NamesAsync("u2"));
        Assert.DoesNotContain("rare", await shop.NamesAsync("u4", "untaken"));
    }

    [Fact]
    public async Task WithoutActions_ASolutionIsNotTrained_AndADomainHasNone()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.CreateSolutionAsync(recipe: "aws-next-best-action");
        var domain = await new DomainShop(silo, SiloFixture.NewTenant(), DomainShop.Ecommerce).OpenAsync(withData: false);

        var untrained = await RefusedAsync(() => shop.StartTrainingAsync());
        var schema = await RefusedAsync(() => domain.CallAsync<CreateSchemaRequest, CreateSchemaResponse>(new()
        {
            Name = "actions", Domain = DomainShop.Ecommerce,
            Schema = """
                {"type":"record","name":"Actions","namespace":"com.amazonaws.personalize.schema","fields":[
                {"name":"ACTION_ID","type":"string"},{"name":"KIND","type":"string","categorical":true}],"version":"1.0"}
                """,
        }));

        Assert.Contains("create an Actions dataset", untrained.Message, StringComparison.Ordinal);
        Assert.Contains("of the domain ECOMMERCE has no Actions dataset", schema.Message, StringComparison.Ordinal);
    }

    private static Task<RefusedException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RefusedException>(call);
}
