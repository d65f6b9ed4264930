using Kindred.Recipes.Catalog;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Training;

/// <summary>An order to train one solution version.</summary>
public sealed record SolutionTraining
{
    public required IRecipe Recipe { get; init; }
    public required RecipeSettings Settings { get; init; }

    /// <summary>Everything the dataset group holds; <see cref="Events"/> picks the interactions that count.</summary>
    public required TrainingSet Data { get; init; }

    /// <summary>Which events train, and with what weight.</summary>
    public EventSelection Events { get; init; } = EventSelection.Everything;

    /// <summary>Where the artifact is published, atomically: the file is whole or absent. Its folder must exist.</summary>
    public required string ArtifactPath { get; init; }

    public required int Seed { get; init; }
    public int Threads { get; init; } = 1;
    public TrainingEffort Effort { get; init; }
    public CheckpointFolder? Checkpoints { get; init; }
    public IProgress<TrainingProgress>? Progress { get; init; }
    public CancellationToken CancellationToken { get; init; }
}
