using Kindred.Recipes.Catalog;

namespace Kindred.Recipes.Tuning;

/// <summary>What a search found.</summary>
public sealed record TuningResult
{
    public required IRecipe Recipe { get; init; }
    public required RecipeSettings Settings { get; init; }

    /// <summary>NDCG@10 of the choice on the held-out users; null when no training ended within the budget, so that nothing was chosen.</summary>
    public required double? Score { get; init; }

    /// <summary>In the order in which they began.</summary>
    public required IReadOnlyList<Trial> Trials { get; init; }
}
