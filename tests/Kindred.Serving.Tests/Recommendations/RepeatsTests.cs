using System.Globalization;
using System.Text;
using Kindred.Contracts.Datasets;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Recommendations;

/// <summary>Where items that a user has met belong among the others: the score says it, where it knows.</summary>
public sealed class RepeatsTests : IDisposable
{
    private const int Clusters = 8;
    private const int ItemsPerCluster = 6;
    private readonly ServingWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task RecommendAsync_UsersRepeatWithinATasteCluster_GetTheirCluster()
    {
        var group = _world.AddGroup(ServingWorld.Alice);
        var (log, csv, random) = (new InteractionLogBuilder(), new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n"), new Random(1));
        for (var user = 0; user < 120; user++)
        {
            for (var (step, time) = (0, 1_600_000_000L + random.Next(100_000)); step < 25; step++)
            {
                var item = $"c{user % Clusters}-{random.Next(ItemsPerCluster)}";
                log.Add($"user-{user}", item, time += 60 + random.Next(5000), "Listen");
                csv.Append(CultureInfo.InvariantCulture, $"user-{user},{item},{time},Listen\n");
            }
        }
        await _world.ImportAsync(group, DatasetTypes.Interactions, csv.ToString());
        var recipe = RecipeCatalog.Implementation("aws-user-personalization-v2")!;
        SolutionTrainer.Train(new SolutionTraining
        {
            Recipe = recipe, Settings = RecipeSettings.Defaults(recipe.Description), Data = new TrainingSet(log.Build()),
            ArtifactPath = _world.Path("model.safetensors"), Seed = 1, Effort = TrainingEffort.Quick,
        });
        var campaign = _world.AddCampaign(group, "aws-user-personalization-v2", "model.safetensors");

        foreach (var user in Enumerable.Range(0, 2 * Clusters))
        {
            var items = await _world.ItemsForAsync(ServingWorld.Alice, campaign, $"user-{user}", ItemsPerCluster);
            Assert.All(items, item => Assert.StartsWith($"c{user % Clusters}-", item));
        }

        // A visitor of the moment, too: twice the same, and it is theirs.
        await _world.PutAsync(ServingWorld.Alice, null, "visitor", "c3-1", "c3-2", "c3-1", "c3-4");
        Assert.All(await _world.ItemsForAsync(ServingWorld.Alice, campaign, "visitor", 4), item => Assert.StartsWith("c3-", item));
    }

    [Fact]
    public async Task RecommendAsync_ModelThatPlacesMetItems_TheScoreDecides()
    {
        var model = new FakeModel("aws-user-personalization", "a", "b", "c", "d") { PlacesMetItems = true };
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), model);

        await _world.PutAsync(ServingWorld.Alice, "u", "s", "b", "a", "a");

        Assert.Equal(["a", "b", "c", "d"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u"));
        Assert.Equal(["a", "b"], await _world.ItemsForAsync(ServingWorld.Alice, campaign, "u", 2));
    }
}
