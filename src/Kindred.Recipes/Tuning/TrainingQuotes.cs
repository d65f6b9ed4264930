using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tuning;

/// <summary>What a training will take, from the size of the data: measured costs per unit of work, scaled by how fast this machine is.</summary>
public static class TrainingQuotes
{
    private const double BytesPerInteraction = 42; // the log (18), and what counts over it
    private const double FixedBytes = 64e6;

    /// <summary>Quotes one training on all of the data, without measuring the model afterwards.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="settings">Its hyperparameters.</param>
    /// <param name="shape">The size of the data.</param>
    /// <param name="effort">How far up the ladder.</param>
    /// <param name="threads">Threads that compute.</param>
    public static TrainingQuote Of(IRecipe recipe, RecipeSettings settings, DataShape shape, TrainingEffort effort, int threads)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var cost = 2.5e-9 * shape.Pairs + 1e-6 * shape.Interactions * (recipe.Description.RecipeType is RecipeTypes.PopularItems ? 0.1 : 1);
        return new TrainingQuote(
            TimeSpan.FromSeconds(0.05 + cost * (effort is TrainingEffort.Quick ? 1 : 2) / Math.Min(threads, Environment.ProcessorCount)),
            (long)(FixedBytes + BytesPerInteraction * shape.Interactions + 100.0 * shape.Items));
    }
}
