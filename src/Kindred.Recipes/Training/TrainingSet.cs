using Kindred.Recipes.Actions;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Training;

/// <summary>What a recipe learns from.</summary>
/// <param name="Interactions">Who did what with which item. Its items include those of <see cref="Items"/> that nobody has met yet.</param>
public sealed record TrainingSet(InteractionLog Interactions)
{
    /// <summary>What is known about the items, row by item code of <see cref="Interactions"/>; null = nothing.</summary>
    public AttributeTable? Items { get; init; }

    /// <summary>What is known about the users, row by user code of <see cref="Interactions"/>; null = nothing.</summary>
    public AttributeTable? Users { get; init; }

    /// <summary>Actions and what users did about them, for the recipes that recommend actions; null = none.</summary>
    public ActionSet? Actions { get; init; }

    /// <summary>The same items and users with other interactions. <paramref name="interactions"/> has the same codes.</summary>
    public TrainingSet With(InteractionLog interactions) => this with { Interactions = interactions };
}
