using System.Globalization;
using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Training;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Recommendations;

/// <summary>Every recipe that can be trained, on planted tastes: users keep to one of two aisles of 20 items, in walking order.</summary>
public sealed class RealRecipesTests : IDisposable
{
    private const int Users = 120;
    private readonly ServingWorld _world = new();
    private readonly Arn _group;

    public RealRecipesTests() => _group = _world.AddGroup(ServingWorld.Alice);

    [Theory]
    [InlineData("aws-user-personalization")]
    [InlineData("aws-user-personalization-v2")]
    public async Task RecommendAsync_Personalization_FollowsTheUserFromAisleToAisle(string recipe)
    {
        var campaign = await DeployAsync(recipe);

        Assert.All(await _world.ItemsForAsync(ServingWorld.Alice, campaign, "user-0", 5), item => Assert.StartsWith("left", item));
        Assert.All(await _world.ItemsForAsync(ServingWorld.Alice, campaign, "user-1", 5), item => Assert.StartsWith("right", item));

        await _world.PutAsync(ServingWorld.Alice, null, "visitor", "right-03", "right-04", "right-05");
        Assert.All(await _world.ItemsForAsync(ServingWorld.Alice, campaign, "visitor", 5), item => Assert.StartsWith("right", item));

        await _world.PutAsync(ServingWorld.Alice, "user-0", "visitor", "right-06", "right-07");
        Assert.StartsWith("right", (await _world.ItemsForAsync(ServingWorld.Alice, campaign, "user-0", 1))[0]);
    }

    [Theory]
    [InlineData("aws-personalized-ranking")]
    [InlineData("aws-personalized-ranking-v2")]
    public async Task RankAsync_Ranking_PutsTheUsersAisleFirst(string recipe)
    {
        var campaign = await DeployAsync(recipe);
        string[] inputs = ["left-18", "right-18", "unknown", "left-19", "right-19"];

        var ranked = (await _world.Recommendations.RankAsync(
            new GetPersonalizedRankingRequest { CampaignArn = campaign, UserId = "user-1", InputList = inputs },
            ServingWorld.Alice, default)).PersonalizedRanking!;

        Assert.All(ranked.Take(2), item => Assert.StartsWith("right", item.ItemId));
        Assert.Equal("unknown", ranked[^1].ItemId);
        Assert.Equal(1, ranked.Sum(item => item.Score!.Value), 5);
    }

    [Fact]
    public async Task RecommendAsync_Sims_StaysInTheAisle()
    {
        var campaign = await DeployAsync("aws-sims");

        var items = await _world.ItemsForAsync(ServingWorld.Alice, campaign, null, 5, item: "left-05");

        Assert.All(items, item => Assert.StartsWith("left", item));
        Assert.DoesNotContain("left-05", items);
        Assert.NotEmpty(await _world.ItemsForAsync(ServingWorld.Alice, campaign, null, 5, item: "unknown"));
    }

    [Fact]
    public async Task RecommendAsync_SemanticSimilarity_FollowsTextsAndTheCampaignsInfluence()
    {
        var campaign = await DeployAsync("aws-semantic-similarity");
        var items = await _world.ItemsForAsync(ServingWorld.Alice, campaign, null, 5, item: "left-05");
        var bent = _world.AddCampaign(_group, "aws-semantic-similarity", "model.safetensors", "bent");
        _world.Grains.Add(_world.Grains.Campaigns[bent] with { RankingInfluence = new Dictionary<string, double> { ["FRESHNESS"] = 1 } });

        Assert.All(items, item => Assert.StartsWith("left", item));
        Assert.NotEqual("left-19", items[0]);
        Assert.Equal("left-19", (await _world.ItemsForAsync(ServingWorld.Alice, bent, null, 1, item: "left-05"))[0]); // the last that anybody met
    }

    [Fact]
    public async Task RecommendAsync_PopularityCount_IsTheSameForEverybody()
    {
        var campaign = await DeployAsync("aws-popularity-count");

        var items = await _world.ItemsForAsync(ServingWorld.Alice, campaign, "user-0", 40);

        Assert.Equal(items, await _world.ItemsForAsync(ServingWorld.Alice, campaign, null, 40));
        Assert.Equal(40, items.Length);
    }

    private async Task<string> DeployAsync(string recipe)
    {
        var log = new InteractionLogBuilder();
        var items = new AttributeTableBuilder([new("NAME", AttributeKind.Text)]);
        var csv = new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n");
        for (var user = 0; user < Users; user++)
        {
            var aisle = user % 2 == 0 ? "left" : "right";
            for (var step = 0; step < 12; step++)
            {
                var (item, time) = ($"{aisle}-{(user / 2 + step) % 20:D2}", 1_600_000_000L + user * 1_000 + step * 10);
                log.Add($"user-{user}", item, time, "View");
                items.Add(item, [$"a thing of the {aisle} aisle"]);
                csv.Append(CultureInfo.InvariantCulture, $"user-{user},{item},{time},View\n");
            }
        }
        await _world.ImportAsync(_group, DatasetTypes.Interactions, csv.ToString());
        var implementation = RecipeCatalog.Implementation(recipe)!;
        SolutionTrainer.Train(new SolutionTraining
        {
            Recipe = implementation,
            Settings = RecipeSettings.Defaults(implementation.Description),
            Data = implementation.Description.NeedsItems ? TrainingSets.Join(log, items, users: null) : new TrainingSet(log.Build()),
            ArtifactPath = _world.Path("model.safetensors"),
            Seed = 1,
        });
        return _world.AddCampaign(_group, recipe, "model.safetensors");
    }

    public void Dispose() => _world.Dispose();
}
