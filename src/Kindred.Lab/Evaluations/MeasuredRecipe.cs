using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Lab.Evaluations;

/// <summary>One recipe, trained and measured.</summary>
internal sealed record MeasuredRecipe
{
    public required string Recipe { get; init; }

    /// <summary>Which members serve.</summary>
    public required string Rung { get; init; }

    /// <summary>Every hyperparameter by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public required TimeSpan TrainingTime { get; init; }
    public required TimeSpan MeasuringTime { get; init; }

    /// <summary>What the training was expected to take.</summary>
    public TrainingQuote? Quote { get; init; }

    /// <summary>What a search tried; empty without one.</summary>
    public IReadOnlyList<Trial> Trials { get; init; } = [];

    public required IReadOnlyList<MeasuredSlice> Slices { get; init; }
    public IReadOnlyList<string> Notes { get; init; } = [];
}
