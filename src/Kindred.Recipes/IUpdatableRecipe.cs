using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Recipes;

/// <summary>A recipe whose models go on learning from newer data, for a fraction of a training.</summary>
public interface IUpdatableRecipe : IRecipe
{
    /// <summary>
    /// Goes on from a model. What it knows of items, it keeps; new items, users and event types are taken in. What a full training chooses
    /// (members, their weights, the shape of a network) stays as it is. Same model, data, settings and seed: same result, bit for bit.
    /// </summary>
    /// <param name="serving">
    /// A model of this recipe, as trained or opened. It must stay open as long as the result, which may share tensors with it.
    /// </param>
    /// <param name="data">All that counts now, the events that <paramref name="serving"/> learned from among it, in codes of its own.</param>
    /// <param name="settings">As the model was trained with.</param>
    /// <param name="run">Seed, threads, checkpoints, progress and cancellation.</param>
    /// <exception cref="InsufficientDataException">The model learned from a dataset that is not there any more.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    ITrainedModel Update(ITrainedModel serving, TrainingSet data, RecipeSettings settings, TrainingRun run);
}
