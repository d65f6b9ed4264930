using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Training;

/// <summary>What a training chooses by itself before it trains.</summary>
public sealed record SolutionSearch
{
    /// <summary>The hyperparameters to search; of use when the recipe is given.</summary>
    public SearchSpace? Space { get; init; }

    /// <summary>The recipes to choose from when none is given; null = <see cref="AutoMl.Candidates"/>.</summary>
    public IReadOnlyList<IRecipe>? Candidates { get; init; }

    public TuningLimits Limits { get; init; } = new();
}
