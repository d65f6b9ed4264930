using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Recipes;

/// <summary>A way of turning interactions into a model. Stateless: one instance trains any number of models at once.</summary>
public interface IRecipe
{
    RecipeDescription Description { get; }

    /// <summary>Trains on everything in <paramref name="data"/>. Same data, settings, seed and effort: same model, bit for bit.</summary>
    /// <param name="data">Interactions, already filtered to the events that count, and what is known about items and users.</param>
    /// <param name="settings">Hyperparameters that belong to <see cref="Description"/>.</param>
    /// <param name="run">Seed, threads, effort, checkpoints, progress and cancellation.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run);

    /// <summary>Serves a model straight from its artifact. The model owns the artifact and disposes it.</summary>
    /// <exception cref="ModelArtifactException">The artifact is not a model of this recipe.</exception>
    ITrainedModel Open(ModelArtifact artifact);
}
