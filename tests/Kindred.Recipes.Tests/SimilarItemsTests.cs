using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests;

public class SimilarItemsTests
{
    private static readonly TrainingSet Shop = PlantedShop.WithItems(PlantedShop.Create(), hasNewItems: true);
    private static readonly IRecipe Recipe = Models.Recipe("aws-similar-items");

    [Fact]
    public void TryScoreRelated_ItemThatNobodyMet_FindsItsAisle()
    {
        using var model = Train();
        var found = Enumerable.Range(0, PlantedShop.Aisles)
            .Sum(aisle => Nearest(model, PlantedShop.NewItem(aisle), 5).Count(item => PlantedShop.AisleOf(item) == aisle));
        // colours, prices and most words only say nonsense
        Assert.True(found >= 0.9 * 5 * PlantedShop.Aisles, $"{found} of {5 * PlantedShop.Aisles} are of the aisle.");
        Assert.Equal(model.Items.Count - PlantedShop.Aisles, model.MetItems);
    }

    [Fact]
    public void TryScoreRelated_ItemOfAnAisle_ItsNewItemIsTheFirstNewOne()
    {
        using var model = Train();
        var newItems = Enumerable.Range(0, PlantedShop.Aisles).Select(PlantedShop.NewItem).ToHashSet();

        var found = Enumerable.Range(0, PlantedShop.Aisles).Count(aisle =>
            Nearest(model, PlantedShop.Item(aisle, 4), model.Items.Count).Find(newItems.Contains) == PlantedShop.NewItem(aisle));

        Assert.True(found >= PlantedShop.Aisles - 2, $"{found} of {PlantedShop.Aisles}"); // chance would be one
    }

    [Fact]
    public void Train_WithItems_GivesTheSameBytesForAnyThreads_AndOpensEqual()
    {
        using var temporary = new Temporary();
        using var one = Train(threads: 1);
        using var three = Train(threads: 3);
        File.WriteAllBytes(temporary["model.kindred"], Models.Bytes(one));
        using var opened = Recipe.Open(ModelArtifact.Open(temporary["model.kindred"]));

        Assert.Equal(Models.Bytes(one), Models.Bytes(three));
        Assert.Equal(Models.Bytes(one), Models.Bytes(opened));
        Assert.Equal(one.MetItems, opened.MetItems);
        Assert.Equal(Models.Score(one, Models.Event(one, PlantedShop.NewItem(3))), Models.Score(opened, Models.Event(one, PlantedShop.NewItem(3))));
    }

    [Fact]
    public void TryScoreRelated_PopularityDiscount_PutsThePopularBehind()
    {
        using var plain = Train();
        using var discounted = Train(("popularity_discount_factor", "1"));

        double MeanPlace(ITrainedModel model) =>
            Enumerable.Range(0, PlantedShop.Aisles)
                .Average(aisle =>
                    Nearest(model, PlantedShop.Item(aisle, 1), model.Items.Count).IndexOf(PlantedShop.Hit) is var place and >= 0
                        ? place
                        : model.Items.Count);

        Assert.True(MeanPlace(discounted) > MeanPlace(plain), $"{MeanPlace(discounted)} against {MeanPlace(plain)}");
    }

    private static List<string> Nearest(ITrainedModel model, string item, int count)
    {
        var scores = new float[model.Items.Count];
        Assert.True(model.Items.TryFind(item, out var code) && model.TryScoreRelated(new RelatedQuery(code), scores));
        return [.. Enumerable.Range(0, scores.Length).Where(other => scores[other] > float.NegativeInfinity).OrderByDescending(other => scores[other]).Take(count).Select(other => model.Items[other])];
    }

    private static ITrainedModel Train(params (string Name, string Value)[] settings) => Train(2, settings);

    private static ITrainedModel Train(int threads, params (string Name, string Value)[] settings) => Recipe.Train(
        Shop, RecipeSettings.Parse(Recipe.Description, settings.ToDictionary(pair => pair.Name, pair => pair.Value), null, out _),
        new TrainingRun(1, threads));
}
