using Kindred.Recipes.Catalog;

namespace Kindred.Recipes.Tuning;

/// <summary>One training of a search.</summary>
public sealed record Trial
{
    /// <summary>Name of the recipe.</summary>
    public required string Recipe { get; init; }

    public required RecipeSettings Settings { get; init; }

    /// <summary>NDCG@10 on the held-out users, 0..1; null when the training was stopped because the budget was used up.</summary>
    public required double? Score { get; init; }

    /// <summary>Training and measuring.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary><see cref="ITrainedModel.Rung"/> of what it trained; null when stopped.</summary>
    public string? Rung { get; init; }
}
