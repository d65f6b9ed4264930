using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Lab.Trainings;

/// <summary>A model and how it came about. The caller owns the model.</summary>
/// <param name="Model">Ready to serve.</param>
/// <param name="Settings">The hyperparameters it was trained with.</param>
/// <param name="Duration">How long it took, a search included.</param>
internal sealed record TrainedRecipe(ITrainedModel Model, RecipeSettings Settings, TimeSpan Duration) : IDisposable
{
    /// <summary>What the training was expected to take; of a search, one training of the choice.</summary>
    public TrainingQuote? Quote { get; init; }

    /// <summary>What a search tried; empty without one.</summary>
    public IReadOnlyList<Trial> Trials { get; init; } = [];

    /// <summary>What the caller should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public void Dispose() => Model.Dispose();
}
