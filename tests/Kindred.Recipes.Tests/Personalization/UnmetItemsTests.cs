using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Personalization;

public class UnmetItemsTests
{
    private static readonly TrainingSet Shop = PlantedShop.WithItems(PlantedShop.Create(), hasNewItems: true);
    private static readonly TrainingRun Run = new(1, 2);

    [Fact]
    public void Train_ItemsThatNobodyHasMet_AreOrderedByWhatTheyAre()
    {
        // Counted members alone know nothing of them: without content the new item of the right aisle comes first by luck.
        using var model = Train("kindred-ensemble", ("use_transformer", "false"));

        Assert.InRange(AislesFound(model), 11, PlantedShop.Aisles);
        using var without = Train("kindred-ensemble", ("use_transformer", "false"), ("use_content", "false"));
        Assert.InRange(AislesFound(without), 0, 4);
    }

    [Fact]
    public void Train_WithNewItems_SavedIsTheSame()
    {
        using var model = Train("kindred-ensemble", ("use_transformer", "false"));
        using var file = new Temporary();
        var path = file["model.kindred"];
        File.WriteAllBytes(path, Models.Bytes(model));
        using var opened = Models.Recipe("kindred-ensemble").Open(ModelArtifact.Open(path));
        var history = HistoryIn(model, aisle: 3);

        Assert.Equal(Models.Score(model, history), Models.Score(opened, history));
        Assert.Equal(Models.Bytes(model), Models.Bytes(opened));
    }

    [Fact]
    public void Apply_AnyScores_KeepsLevelAndSpreadAndAllOtherScores()
    {
        var unmetItems = UnmetItems.Train(Shop, Run)!;
        using var model = Models.Train("aws-popularity-count", Shop.Interactions);
        var isNew = Enumerable.Range(0, PlantedShop.Aisles).Select(aisle => Models.Event(model, PlantedShop.NewItem(aisle)).Item).ToHashSet();
        var random = new Random(1);
        float[] before = [.. Enumerable.Range(0, model.Items.Count).Select(_ => (float)random.NextDouble() * 4 - 20)];
        float[] after = [.. before];

        unmetItems.Apply(HistoryIn(model, aisle: 5), new float[before.Length], after);

        Assert.All(Enumerable.Range(0, before.Length).Where(item => !isNew.Contains(item)), item => Assert.Equal(before[item], after[item]));
        var (mean, spread) = Moments(isNew.Select(item => before[item]));
        var (meanAfter, spreadAfter) = Moments(isNew.Select(item => after[item]));
        Assert.Equal(mean, meanAfter, 4);
        Assert.Equal(spread, spreadAfter, 4);
        Assert.NotEqual(isNew.Select(item => before[item]), isNew.Select(item => after[item]));
    }

    [Fact]
    public void Apply_HistoryOfUnknownItems_LeavesEverything()
    {
        var unmetItems = UnmetItems.Train(Shop, Run)!;
        float[] scores = [.. Enumerable.Range(0, Shop.Interactions.ItemIds.Count).Select(item => (float)item)];

        unmetItems.Apply([new HistoryEvent(-1, -1, 0)], new float[scores.Length], scores);

        Assert.Equal(Enumerable.Range(0, scores.Length).Select(item => (float)item), scores);
    }

    [Fact]
    public void Train_EverythingWasMet_OrNothingIsKnown_IsNothing()
    {
        Assert.Null(UnmetItems.Train(PlantedShop.WithItems(PlantedShop.Create()), Run));
        Assert.Null(UnmetItems.Train(Shop with { Items = null }, Run));
    }

    private static ITrainedModel Train(string recipe, params (string Name, string Value)[] settings)
    {
        var trained = Models.Recipe(recipe);
        var parsed = RecipeSettings.Parse(trained.Description, settings.ToDictionary(pair => pair.Name, pair => pair.Value), null, out var faults);
        Assert.Empty(faults);
        return trained.Train(Shop, parsed, Run);
    }

    private static HistoryEvent[] HistoryIn(ITrainedModel model, int aisle) =>
        [.. Enumerable.Range(2, 4).Select(place => Models.Event(model, PlantedShop.Item(aisle, place), place))];

    private static int AislesFound(ITrainedModel model) => Enumerable.Range(0, PlantedShop.Aisles).Count(aisle =>
    {
        var scores = Models.Score(model, HistoryIn(model, aisle));
        return Enumerable.Range(0, PlantedShop.Aisles).MaxBy(other => scores[Models.Event(model, PlantedShop.NewItem(other)).Item]) == aisle;
    });

    private static (double Mean, double Spread) Moments(IEnumerable<float> values)
    {
        double[] all = [.. values.Select(value => (double)value)];
        return (all.Average(), Math.Sqrt(all.Average(value => Math.Pow(value - all.Average(), 2))));
    }
}
