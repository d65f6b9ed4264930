using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Campaigns;
using Kindred.Recipes.Catalog;

namespace Kindred.Grains.Tests.Campaigns;

public sealed class CampaignRequestRulesTests
{
    [Theory]
    [InlineData("aws-user-personalization")]
    [InlineData("aws-user-personalization-v2")]
    public void Check_ExplorationOnARecipeThatExplores_IsAccepted(string recipe) =>
        Check(Exploring(("explorationWeight", "0.3"), ("explorationItemAgeCutOff", "30")), recipe);

    [Theory]
    [InlineData("explorationWeight", "1.1")]
    [InlineData("explorationWeight", "-0.1")]
    [InlineData("explorationWeight", "NaN")]
    [InlineData("explorationItemAgeCutOff", "0.5")]
    [InlineData("explorationItemAgeCutOff", "Infinity")]
    [InlineData("explorationItemAgeCutOff", "soon")]
    [InlineData("curiosity", "1")]
    public void Check_ABadExplorationSetting_IsRefusedByName(string name, string value) =>
        Assert.Contains(name, Refusal(Exploring((name, value)), "aws-user-personalization"), StringComparison.Ordinal);

    [Fact]
    public void Check_RankingInfluence_IsForTheRecipeThatHasIt()
    {
        var influenced = new CampaignConfig { RankingInfluence = new Dictionary<string, double> { ["FRESHNESS"] = 0.5 } };

        Check(influenced, "aws-semantic-similarity");
        Assert.Contains("aws-similar-items has no rankingInfluence", Refusal(influenced, "aws-similar-items"), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ARecipeOfUserSegments_HasNoCampaigns() =>
        Assert.Contains("in batch only", Refusal(new(), "aws-item-affinity"), StringComparison.Ordinal);

    [Fact]
    public void Check_ManyFaults_NamesThemAllAtOnce()
    {
        var config = Exploring(("explorationWeight", "2")) with
        {
            SyncWithLatestSolutionVersion = true, RankingInfluence = new Dictionary<string, double> { ["POPULARITY"] = 0.5 },
        };

        var message = Refusal(config, "aws-sims");

        Assert.All(["$LATEST", "rankingInfluence", "no itemExplorationConfig", "explorationWeight"], part =>
            Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static CampaignConfig Exploring(params (string Name, string Value)[] settings) =>
        new() { ItemExplorationConfig = settings.ToDictionary(one => one.Name, one => one.Value) };

    private static void Check(CampaignConfig config, string recipe) =>
        CampaignRequestRules.Check(config, RecipeCatalog.Find(recipe)!, namesLatest: false);

    private static string Refusal(CampaignConfig config, string recipe) => Assert.Throws<RefusedException>(() => Check(config, recipe)).Message;
}
