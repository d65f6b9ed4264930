using Kindred.Recipes.Catalog;

namespace Kindred.Serving.Batches;

/// <summary>Answers lines of one kind of recipe, from an open model and the open data of a group. Safe for any number of threads.</summary>
internal abstract class BatchSubject
{
    /// <summary>The member of an answer that lists what was found.</summary>
    public abstract string ListName { get; }

    /// <summary>Computes the answer to a line.</summary>
    /// <returns>The answer, which nothing can go wrong with any more; the caller disposes it.</returns>
    /// <exception cref="Contracts.Refusals.RefusedException">The line cannot be answered.</exception>
    public abstract IBatchAnswer Answer(BatchLine line);

    /// <summary>As the service says it.</summary>
    protected static string Required(params IEnumerable<string> fields) =>
        $"Required fields for the provided recipe are {string.Join(", ", fields)}";

    /// <summary>Members that a line must have.</summary>
    protected static IEnumerable<string> RequiredBy(RecipeDescription recipe)
    {
        if (recipe.NeedsUserId) yield return "userId";
        if (recipe.NeedsItemId) yield return "itemId";
        if (recipe.RecipeType is RecipeTypes.PersonalizedRanking) yield return "itemList";
    }
}
