using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Recipes;

/// <summary>A way of turning interactions into a model. Stateless: one instance trains any number of models at once.</summary>
public interface IRecipe
{
    RecipeDescription Description { get; }

    /// <summary>
    /// The efforts worth training at, cheapest first. Quick alone: everything is counted, within seconds. Full alone: learned in one go.
    /// Quick, then Full: a counted model can serve while the learned one is trained.
    /// </summary>
    IReadOnlyList<TrainingEffort> Efforts => [TrainingEffort.Full];

    /// <summary>Changes what is trained and measured on, before anything else is done.</summary>
    /// <param name="data">Interactions, already filtered to the events that count, and what is known about items and users.</param>
    /// <param name="settings">Hyperparameters that belong to <see cref="Description"/>.</param>
    /// <param name="now">When the version was ordered: every attempt at its training sees the same.</param>
    /// <returns>What a training and its measurement see; codes may be others.</returns>
    /// <exception cref="InsufficientDataException">The data has too little of what the recipe is for.</exception>
    TrainingSet Prepare(TrainingSet data, RecipeSettings settings, DateTimeOffset now) => data;

    /// <summary>Trains on everything in <paramref name="data"/>. Same data, settings, seed and effort: same model, bit for bit.</summary>
    /// <param name="data">Interactions, already filtered to the events that count, and what is known about items and users.</param>
    /// <param name="settings">Hyperparameters that belong to <see cref="Description"/>.</param>
    /// <param name="run">Seed, threads, effort, checkpoints, progress and cancellation.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run);

    /// <summary>
    /// Trains on everything, given a model of this recipe that was trained, with the same settings and seed, on nine users in ten of it
    /// (to be measured on the tenth). What is expensive to learn and hardly changes with a tenth of the users may be taken over from it.
    /// </summary>
    /// <param name="measured">A model as trained or as opened from its artifact; the result must be the same.</param>
    /// <param name="data">The items and users of <paramref name="measured"/>'s data, with the same codes, and all their interactions.</param>
    /// <inheritdoc cref="Train" path="/param"/>
    ITrainedModel Extend(ITrainedModel measured, TrainingSet data, RecipeSettings settings, TrainingRun run) => Train(data, settings, run);

    /// <summary>
    /// Measures the recipe on a part of the data that it does not train on, by metrics of its own; null = by those of recommendation.
    /// </summary>
    /// <returns>The metrics, keyed as GetSolutionMetrics names them.</returns>
    /// <inheritdoc cref="Train" path="/param"/>
    IReadOnlyDictionary<string, double>? Measure(TrainingSet data, RecipeSettings settings, TrainingRun run) => null;

    /// <summary>Serves a model straight from its artifact. The model owns the artifact and disposes it.</summary>
    /// <exception cref="ModelArtifactException">The artifact is not a model of this recipe.</exception>
    ITrainedModel Open(ModelArtifact artifact);
}
