using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Data;

internal static class Models
{
    public static ITrainedModel Train(
        string recipe, InteractionLog log, int threads = 2, int seed = 1, TrainingEffort effort = TrainingEffort.Full) =>
        Recipe(recipe)
            .Train(
                Data(recipe, log), RecipeSettings.Defaults(Recipe(recipe).Description), new TrainingRun(seed, threads) { Effort = effort });

    /// <summary>The interactions; for a recipe that needs an items dataset with that of <see cref="PlantedShop"/>.</summary>
    public static TrainingSet Data(string recipe, InteractionLog log) =>
        Recipe(recipe).Description.NeedsItems ? PlantedShop.WithItems(log) : new TrainingSet(log);

    public static IRecipe Recipe(string name) => RecipeCatalog.Implementation(name) ?? throw new ArgumentException(name);

    public static byte[] Bytes(ITrainedModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    public static float[] Score(ITrainedModel model, params ReadOnlySpan<HistoryEvent> history)
    {
        var scores = new float[model.Items.Count];
        model.Score(new ScoreQuery { History = history }, scores);
        return scores;
    }

    public static HistoryEvent Event(ITrainedModel model, string item, long time = 0) =>
        new(model.Items.TryFind(item, out var code) ? code : -1, -1, time);
}
