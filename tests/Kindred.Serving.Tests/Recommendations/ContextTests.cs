using System.Globalization;
using System.Text;
using Kindred.Contracts.Datasets;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Recommendations;

/// <summary>
/// The context of a request, through the recipes of the contract: one half of the catalogue is for the day, the other for the
/// night.
/// </summary>
public sealed class ContextTests : IDisposable
{
    private const int Users = 400;
    private static readonly Dictionary<string, string> Day = new() { ["DAYPART"] = "day" };
    private static readonly Dictionary<string, string> Night = new() { ["DAYPART"] = "night", ["UNHEARD_OF"] = "x" };
    private readonly ServingWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task RecommendAsync_ContextOfTheRequest_DecidesBetweenTheHalves()
    {
        var campaign = await DeployAsync("aws-user-personalization-v2");

        Assert.True(await DaysAsync(Day) >= 9);
        Assert.True(await DaysAsync(Night) <= 1);
        Assert.InRange(await DaysAsync(null), 2, 8);

        async Task<int> DaysAsync(Dictionary<string, string>? context)
        {
            var answer = await _world.Recommendations.RecommendAsync(
                new() { CampaignArn = campaign, UserId = "user-7", NumResults = 10, Context = context }, ServingWorld.Alice, default);
            return answer.ItemList!.Count(item => item.ItemId!.StartsWith("day", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task RankAsync_ContextOfTheRequest_DecidesWhichHalfIsFirst()
    {
        var campaign = await DeployAsync("aws-personalized-ranking-v2");
        string[] inputs = ["day-03", "night-03", "day-11", "night-11", "unknown"];

        Assert.Equal(["day", "day", "night", "night", "unknown"], await HalvesAsync(Day));
        Assert.Equal(["night", "night", "day", "day", "unknown"], await HalvesAsync(Night));

        async Task<IEnumerable<string>> HalvesAsync(Dictionary<string, string> context)
        {
            var answer = await _world.Recommendations.RankAsync(
                new() { CampaignArn = campaign, UserId = "user-7", InputList = inputs, Context = context }, ServingWorld.Alice, default);
            return answer.PersonalizedRanking!.Select(item => item.ItemId!.Split('-')[0]);
        }
    }

    private async Task<string> DeployAsync(string recipe)
    {
        var (random, log, csv) = (new Random(3), new InteractionLogBuilder(), new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n"));
        var group = _world.AddGroup(ServingWorld.Alice);
        var daypart = log.AddContext("DAYPART", isNumeric: false);
        for (var user = 0; user < Users; user++)
        {
            for (var step = 0; step < 12; step++)
            {
                var (half, time) = (random.Next(2) == 0 ? "day" : "night", 1_600_000_000L + user * 1_000 + step * 10);
                var item = $"{half}-{random.Next(30):D2}";
                log.Add($"user-{user}", item, time, "View");
                log.SetContext(log.Count - 1, daypart, half);
                csv.Append(CultureInfo.InvariantCulture, $"user-{user},{item},{time},View\n");
            }
        }
        await _world.ImportAsync(group, DatasetTypes.Interactions, csv.ToString());
        var implementation = RecipeCatalog.Implementation(recipe)!;
        SolutionTrainer.Train(new SolutionTraining
        {
            Recipe = implementation,
            Settings = RecipeSettings.Defaults(implementation.Description),
            Data = new TrainingSet(log.Build()),
            ArtifactPath = _world.Path("model.safetensors"),
            Seed = 1,
        });
        return _world.AddCampaign(group, recipe, "model.safetensors");
    }
}
