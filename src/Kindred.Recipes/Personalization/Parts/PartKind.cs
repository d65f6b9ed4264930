using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>A member that the ensemble knows: how to train it, and how to read it back.</summary>
internal sealed record PartKind
{
    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Prefix of its tensors; <c>use_</c> and it is the hyperparameter that switches the member.</summary>
    public required string Key { get; init; }

    /// <summary>About how long training takes, relative to the others: for progress.</summary>
    public double Effort { get; init; } = 1;

    /// <summary>Counted rather than learned: takes part in the quick rung.</summary>
    public bool IsCounted { get; init; }

    /// <summary>
    /// So costly to train that what was trained for the validation slice serves as it is: the held-out events are hardly missed.
    /// All others are trained again on everything.
    /// </summary>
    public bool IsTrainedOnce { get; init; }

    /// <summary>Whether training and serving it is reasonable for data of that size and kind.</summary>
    public Func<DataShape, bool> IsAffordable { get; init; } = _ => true;

    /// <summary>Trains; null = the data has nothing for it to learn from.</summary>
    public required Func<PartTraining, IPart?> Train { get; init; }

    /// <summary>Reads back what <see cref="IPart.Write"/> wrote.</summary>
    public required Func<ModelArtifact, string, ItemShares, IPart> Read { get; init; }
}
