using Kindred.Recipes.Catalog;
using Kindred.Recipes.SemanticSimilarity;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests;

public class SemanticSimilarityTests
{
    private static readonly TrainingSet Shop = PlantedShop.WithItems(PlantedShop.Create());
    private static readonly SemanticSimilarityRecipe Recipe = new(SolutionRecipes.SemanticSimilarity);
    private static readonly RecipeSettings Settings = RecipeSettings.Defaults(Recipe.Description);

    [Fact]
    public void Train_NoTexts_SaysSo()
    {
        var missing = Assert.Throws<InsufficientDataException>(() => Recipe.Train(Shop with { Items = null }, Settings, new TrainingRun(1)));
        var textless = Assert.Throws<InsufficientDataException>(
            () => Recipe.Train(Shop with { Items = Shop.Items! with { Texts = [] } }, Settings, new TrainingRun(1)));

        Assert.Equal(
            "aws-semantic-similarity needs an Items dataset with item names and a textual column; there is none with texts.",
            missing.Message);
        Assert.Equal(missing.Message, textless.Message);
    }

    [Fact]
    public void Update_NewItems_AreRelatedByTheTermsLearnedBefore()
    {
        var grown = PlantedShop.WithItems(PlantedShop.Create(), hasNewItems: true);
        using var model = Recipe.Train(Shop, Settings, new TrainingRun(1));

        using var updated = Recipe.Update(model, grown, Settings, new TrainingRun(1, 2));

        var scores = new float[updated.Items.Count];
        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            Assert.True(updated.Items.TryFind(PlantedShop.NewItem(aisle), out var item) && updated.TryScoreRelated(new RelatedQuery(item), scores));
            var nearest = Enumerable.Range(0, scores.Length).OrderByDescending(other => scores[other]).Take(5);
            // two texts may share both words that say nothing
            Assert.True(nearest.Count(other => PlantedShop.AisleOf(updated.Items[other]) == aisle) >= 4);
        }
    }

    [Fact]
    public void Extend_ModelOfFewerUsers_EqualsTrainingOnAll()
    {
        using var fewer = Recipe.Train(
            Shop.With(Kindred.Recipes.Evaluation.UserSplit.Of(Shop.Interactions, 1).Training), Settings, new TrainingRun(1));

        using var extended = Recipe.Extend(fewer, Shop, Settings, new TrainingRun(1));
        using var trained = Recipe.Train(Shop, Settings, new TrainingRun(1));

        Assert.Equal(Models.Bytes(trained), Models.Bytes(extended));
    }

    [Fact]
    public void TryScoreRelated_PopularityInfluence_LiftsThePopular()
    {
        using var model = (SemanticSimilarityModel)Recipe.Train(Shop, Settings, new TrainingRun(1));
        var users = new int[model.Items.Count];
        foreach (var item in Shop.Interactions.Items)
            users[item]++;
        Assert.True(model.Items.TryFind(PlantedShop.Item(4, 4), out var asked));

        double MeanUsers(float popularity)
        {
            var scores = new float[users.Length];
            Assert.True(model.TryScoreRelated(new RelatedQuery(asked) { PopularityInfluence = popularity }, scores));
            Assert.Equal(float.NegativeInfinity, scores[asked]);
            return Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Take(4).Average(item => users[item]);
        }

        Assert.True(MeanUsers(1) > MeanUsers(0), $"{MeanUsers(1)} against {MeanUsers(0)}");
    }
}
