using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests;

public class SimsTests
{
    // Half of the items are left out of what is recommended.
    private static readonly Dictionary<string, string> Limits = new() { ["max_item_interaction_count_percentile"] = "0.5" };
    private static readonly IRecipe Recipe = Models.Recipe("aws-sims");
    private static readonly Lazy<ITrainedModel> Limited = new(() => Recipe.Train(
        new TrainingSet(PlantedShop.Create()), RecipeSettings.Parse(Recipe.Description, Limits, null, out _), new TrainingRun(1, 2)));

    [Fact]
    public void TryScoreRelated_ItemAboveThePercentile_HasRelationsOfItsAisle()
    {
        var model = Limited.Value;
        var (asked, found) = (0, 0);
        foreach (var item in LeftOut(model).Where(item => model.Items[item] != PlantedShop.Hit))
        {
            var scores = new float[model.Items.Count];
            Assert.True(model.TryScoreRelated(new RelatedQuery(item), scores), $"{model.Items[item]} is related to nothing.");
            var best = Enumerable.Range(0, scores.Length).MaxBy(other => scores[other]);
            asked++;
            found += PlantedShop.AisleOf(model.Items[best]) == PlantedShop.AisleOf(model.Items[item]) ? 1 : 0;
        }
        Assert.True(asked > 5 && found >= 0.8 * asked, $"{found} of {asked} are of the aisle.");
    }

    [Fact]
    public void TryScoreRelated_AnyItem_IsNotRelatedToOneAboveThePercentile()
    {
        var model = Limited.Value;
        var leftOut = LeftOut(model);
        var scores = new float[model.Items.Count];
        for (var item = 0; item < scores.Length; item++)
        {
            if (model.TryScoreRelated(new RelatedQuery(item), scores))
                Assert.All(leftOut, other => Assert.Equal(float.NegativeInfinity, scores[other]));
        }
    }

    [Fact]
    public void Recommend_MoreThanAreRelated_IsFilledUpAndWhatIsLeftOutComesLast()
    {
        var model = Limited.Value;
        var best = new int[model.Items.Count - 1];

        var found = new MeasuredRecommender(model).Recommend([Models.Event(model, PlantedShop.Hit)], best);

        Assert.Equal((best.Length, best.Length), (found, best.Distinct().Count()));
        Assert.Equal(LeftOut(model).Count(item => model.Items[item] != PlantedShop.Hit), best.Reverse().TakeWhile(LeftOut(model).Contains).Count());
    }

    [Fact]
    public void Open_Saved_FillsUpAlike()
    {
        using var temporary = new Temporary();
        File.WriteAllBytes(temporary["model.kindred"], Models.Bytes(Limited.Value));
        using var opened = Recipe.Open(ModelArtifact.Open(temporary["model.kindred"]));

        Assert.Equal(LeftOut(Limited.Value), LeftOut(opened));
    }

    private static HashSet<int> LeftOut(ITrainedModel model)
    {
        var scores = new float[model.Items.Count];
        model.ScoreUnrelated(scores);
        var leftOut = Enumerable.Range(0, scores.Length).Where(item => scores[item] < -500).ToHashSet();
        Assert.NotEmpty(leftOut);
        return leftOut;
    }
}
