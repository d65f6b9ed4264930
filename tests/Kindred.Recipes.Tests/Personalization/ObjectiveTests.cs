using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Personalization;

/// <summary>What an optimization objective does to recommendations, and to how they are measured.</summary>
public sealed class ObjectiveTests : IDisposable
{
    private static readonly TrainingSet Shop = PlantedShop.WithItems(PlantedShop.Create());

    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void AdditionsOf_Values_GoByTheirRank()
    {
        var data = Of(5, float.NaN, 1, 5, 9_000, 2);

        var additions = new ItemObjective("MARGIN", ObjectiveSensitivity.Medium).AdditionsOf(data);

        var most = MathF.Log(3);
        float[] expected = [0.25f * most, 0, -most, 0.25f * most, most, -0.5f * most];
        for (var item = 0; item < expected.Length; item++) Assert.Equal(expected[item], additions[item], 1e-6f);
        Assert.Equal([0f, 0f], new ItemObjective("MARGIN", ObjectiveSensitivity.High).AdditionsOf(Of(3, float.NaN)));
        var none = Assert.Throws<InsufficientDataException>(() => new ItemObjective("OTHER", ObjectiveSensitivity.Low).AdditionsOf(data));
        Assert.Contains("'OTHER'", none.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws-user-personalization")]
    [InlineData("aws-personalized-ranking")]
    public void Train_WithAnObjective_BringsItemsOfHighValueTheMoreTheHigherItsSensitivity(string recipe)
    {
        double[] means = [.. new ObjectiveSensitivity?[] { null, ObjectiveSensitivity.Low, ObjectiveSensitivity.Medium, ObjectiveSensitivity.High }
            .Select(sensitivity => MeanPrice(Train(recipe, sensitivity)))];

        Assert.Equal(means.Order(), means);
        Assert.True(means[^1] > means[0] * 1.2, string.Join(' ', means));
    }

    [Fact]
    public void Train_WithAnObjective_IsSavedWithTheModel_AndMeasuredByItsRewards()
    {
        var recipe = Models.Recipe("aws-user-personalization");
        var report = SolutionTrainer.Train(new SolutionTraining
        {
            Recipe = recipe, Settings = Settings("aws-user-personalization", ObjectiveSensitivity.High), Data = Shop, ArtifactPath = _temporary["model"],
            Seed = 1, Effort = TrainingEffort.Quick,
        });

        Assert.InRange(report.Metrics["average_rewards_at_k"], 0.0001, 1);
        using var trained = Train("aws-user-personalization", ObjectiveSensitivity.High);
        using var opened = recipe.Open(ModelArtifact.Open(_temporary["model"]));
        Assert.Equal(MeanPrice(trained), MeanPrice(opened));
        Assert.Equal(Models.Score(trained, default(ReadOnlySpan<HistoryEvent>)), Models.Score(opened, default(ReadOnlySpan<HistoryEvent>)));
    }

    private static TrainingSet Of(params float[] margins)
    {
        var items = new AttributeTable(margins.Length, [], [new NumberColumn("MARGIN", margins)], []);
        return new TrainingSet(PlantedShop.Create(users: 30)) { Items = items };
    }

    private static RecipeSettings Settings(string recipe, ObjectiveSensitivity? sensitivity) =>
        RecipeSettings.Defaults(Models.Recipe(recipe).Description).With(sensitivity is { } some ? new ItemObjective("PRICE", some) : null);

    private static ITrainedModel Train(string recipe, ObjectiveSensitivity? sensitivity) =>
        Models.Recipe(recipe).Train(Shop, Settings(recipe, sensitivity), new TrainingRun(1, 2) { Effort = TrainingEffort.Quick });

    /// <summary>Of the best ten items of each aisle's visitor.</summary>
    private static double MeanPrice(ITrainedModel model)
    {
        var prices = Shop.Items!.Numbers.Single(column => column.Name == "PRICE").Values;
        var sum = 0.0;
        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            var scores = Models.Score(model, Models.Event(model, PlantedShop.Item(aisle, 1)), Models.Event(model, PlantedShop.Item(aisle, 2), 60));
            sum += Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Take(10).Where(item => !float.IsNaN(prices[item]))
                .Average(item => prices[item]);
        }
        return sum / PlantedShop.Aisles;
    }
}
