using Kindred.Recipes.Catalog;

namespace Kindred.Recipes.Tests.Catalog;

public class RecipeCatalogTests
{
    [Fact]
    public void All_Recipes_AreThoseOfTheService()
    {
        Assert.Equal(25, RecipeCatalog.All.Count(recipe => !recipe.Name.StartsWith("kindred-", StringComparison.Ordinal)));
        Assert.Equal(5, RecipeCatalog.All.Count(recipe => recipe.Domain == "ECOMMERCE"));
        Assert.Equal(5, RecipeCatalog.All.Count(recipe => recipe.Domain == "VIDEO_ON_DEMAND"));
    }

    [Fact]
    public void All_Defaults_AreWithinTheirOwnRange() =>
        Assert.All(RecipeCatalog.All.SelectMany(recipe => recipe.HyperParameters), parameter => Assert.Null(parameter.FaultOf(parameter.Default)));

    [Fact]
    public void FindByArn_EveryRecipe_IsFoundByEachOfItsArns() => Assert.All(RecipeCatalog.All, recipe =>
    {
        Assert.Same(recipe, RecipeCatalog.FindByArn($"arn:aws:personalize:::recipe/{recipe.Name}"));
        Assert.Same(recipe, RecipeCatalog.FindByAlgorithmArn(recipe.AlgorithmArn));
        Assert.NotNull(RecipeCatalog.FindByFeatureTransformationArn(recipe.FeatureTransformationArn));
    });

    [Fact]
    public void AlgorithmArn_TrendingNow_IsTheServicesException() =>
        Assert.Equal("arn:aws:personalize:::algorithm/aws-trending-now-custom", RecipeCatalog.Find("aws-trending-now")!.AlgorithmArn);

    [Fact]
    public void Parse_ManyFaults_ReportsAllAtOnce()
    {
        var sims = RecipeCatalog.Find("aws-sims")!;

        RecipeSettings.Parse(
            sims,
            new Dictionary<string, string>
            {
                ["popularity_discount_factor"] = "1.5",
                ["min_cointeraction_count"] = "2.5",
                ["hidden_dimension"] = "64",
            },
            new Dictionary<string, string> { ["min_user_history_length_percentile"] = "NaN", ["popularity_discount_factor"] = "0.1" },
            out var faults);

        Assert.Equal(5, faults.Count);
        Assert.Contains("popularity_discount_factor is 1.5; a number between 0 and 1 was expected.", faults);
        Assert.Contains("min_cointeraction_count is '2.5'; an integer between 0 and 10 was expected.", faults);
    }

    [Fact]
    public void Parse_PercentilesCrossed_IsAFault()
    {
        RecipeSettings.Parse(
            RecipeCatalog.Find("aws-sims")!, null,
            new Dictionary<string, string> { ["min_user_history_length_percentile"] = "0.999" }, out var faults);

        Assert.Single(faults);
    }

    [Fact]
    public void Parse_Given_OverridesTheDefault()
    {
        var settings = RecipeSettings.Parse(
            RecipeCatalog.Find("aws-user-personalization")!,
            new Dictionary<string, string> { ["bptt"] = "8", ["recency_mask"] = "False" }, null, out var faults);

        Assert.Empty(faults);
        Assert.Equal(
            (8, false, 0.99),
            (settings.Integer("bptt"), settings.Boolean("recency_mask"), settings.Float("max_user_history_length_percentile")));
    }
}
