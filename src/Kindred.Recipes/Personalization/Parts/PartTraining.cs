using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>What a member is trained with.</summary>
/// <param name="Data">Interactions and metadata.</param>
/// <param name="Shares">Popularity in that data.</param>
/// <param name="Options">Of the ensemble.</param>
/// <param name="Run">Seed, threads, effort, checkpoints, progress and cancellation.</param>
/// <param name="Before">The member as it was trained for the validation: what was chosen then stays; null = it is trained for the validation.</param>
internal sealed record PartTraining(TrainingSet Data, ItemShares Shares, EnsembleOptions Options, TrainingRun Run, IPart? Before)
{
    /// <summary>
    /// <see cref="Before"/> is of an older model, whose codes these are: go on from it with the newer data. Null = it is of the same data.
    /// </summary>
    public CodeMap? Codes { get; init; }
}
