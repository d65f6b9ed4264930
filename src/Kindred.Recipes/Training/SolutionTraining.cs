using Kindred.Recipes.Catalog;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Training;

/// <summary>An order to train one solution version.</summary>
public sealed record SolutionTraining
{
    /// <summary>Null leaves the choice to <see cref="Search"/>.</summary>
    public required IRecipe? Recipe { get; init; }

    /// <summary>Hyperparameters of <see cref="Recipe"/>; what <see cref="Search"/> may change, it does. Null without a recipe.</summary>
    public required RecipeSettings? Settings { get; init; }

    /// <summary>What is chosen before the training; null = nothing.</summary>
    public SolutionSearch? Search { get; init; }

    /// <summary>Everything the dataset group holds; <see cref="Events"/> picks the interactions that count.</summary>
    public required TrainingSet Data { get; init; }

    /// <summary>Which events train, and with what weight.</summary>
    public EventSelection Events { get; init; } = EventSelection.Everything;

    /// <summary>Where the artifact is published, atomically: the file is whole or absent. Its folder must exist.</summary>
    public required string ArtifactPath { get; init; }

    /// <summary>
    /// A model of <see cref="Recipe"/>, an <see cref="IUpdatableRecipe"/>, to go on from; it stays open until the training ends. Null =
    /// from nothing.
    /// </summary>
    public ITrainedModel? From { get; init; }

    /// <summary>When it was ordered.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UnixEpoch;

    public required int Seed { get; init; }
    public int Threads { get; init; } = 1;
    public TrainingEffort Effort { get; init; }

    /// <summary>Where the training leaves what a later one with the same order need not compute again; null = nowhere.</summary>
    public CheckpointFolder? Checkpoints { get; init; }

    public IProgress<TrainingProgress>? Progress { get; init; }
    public CancellationToken CancellationToken { get; init; }
}
