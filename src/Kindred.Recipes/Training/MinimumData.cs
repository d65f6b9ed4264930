using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Training;

/// <summary>How much data a training needs, with the failure texts that clients know.</summary>
public static class MinimumData
{
    public const int Interactions = 1000;

    /// <summary>Users with at least two interactions.</summary>
    public const int Users = 25;

    private const int InteractionsPerUser = 2;

    /// <param name="log">The interactions that count.</param>
    /// <param name="events">What let them count; names the event types in the message.</param>
    /// <exception cref="InsufficientDataException">Too little; the message is the failure reason.</exception>
    public static void ThrowIfTooLittle(InteractionLog log, EventSelection events)
    {
        if (log.Count < Interactions)
            throw new InsufficientDataException($"Dataset has fewer than {Interactions} interactions{After(events)}");
        var able = log.UsersWith(InteractionsPerUser);
        if (able < Users)
            throw new InsufficientDataException($"Dataset has fewer than {Users} users with at least {InteractionsPerUser} interactions each.");
        if (able * 100L < log.UsersWith(1))
            throw new InsufficientDataException($"Dataset has fewer than 1% of users with at least {InteractionsPerUser} interactions each.");
    }

    /// <exception cref="InsufficientDataException">
    /// The recipe learns from the items dataset, of which there is none, or nothing in it; the message is the failure reason.
    /// </exception>
    public static void ThrowIfWithoutItems(TrainingSet data, RecipeDescription? recipe)
    {
        if (recipe is { NeedsItems: true } && data.Items is null)
            throw new InsufficientDataException($"{recipe.Name} learns from item metadata; the dataset group has no Items dataset with items in it.");
    }

    /// <exception cref="InsufficientDataException">
    /// The recipe recommends actions, of which there are none; the message is the failure reason.
    /// </exception>
    public static void ThrowIfWithoutActions(TrainingSet data, RecipeDescription? recipe)
    {
        if (recipe is { RecipeType: RecipeTypes.PersonalizedActions } && data.Actions is null)
            throw new InsufficientDataException($"{recipe.Name} learns from actions and what users did about them; the training data has none.");
    }

    private static string After(EventSelection events)
    {
        var types = events.Rules.Select(rule => rule.EventType).OfType<string>().ToList();
        return types.Count > 0 ? $" after filtering by event type: {string.Join(", ", types)}"
            : events.Rules.Count > 0 ? " after filtering by event value."
            : ".";
    }
}
