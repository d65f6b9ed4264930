using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Operations.Intake;

/// <summary>How long a training will take on this machine, before it is begun.</summary>
/// <param name="First">Until the first model can serve.</param>
/// <param name="Full">Until the best one does; the same when the recipe has one model.</param>
public sealed record TrainingEstimate(TimeSpan First, TimeSpan Full)
{
    private const int Threads = 2; // as many as one training has by default

    /// <inheritdoc cref="Of(string, DataShape)"/>
    public static TrainingEstimate? Of(string recipeName, DataTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        return Of(recipeName, tally.Shape);
    }

    /// <returns>Null for a recipe that this release does not train.</returns>
    public static TrainingEstimate? Of(string recipeName, DataShape shape)
    {
        if (RecipeCatalog.Implementation(recipeName) is not { } recipe) return null;
        var settings = RecipeSettings.Defaults(recipe.Description);
        var durations = recipe.Efforts.Select(effort => TrainingQuotes.Of(recipe, settings, shape, effort, Threads).Duration).ToList();
        // Quality is measured on held-out users before the model is made from all of them.
        return new TrainingEstimate(2 * durations[0], 2 * durations[^1]);
    }
}
