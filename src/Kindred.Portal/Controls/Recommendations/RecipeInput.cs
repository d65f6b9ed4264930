namespace Kindred.Portal.Controls.Recommendations;

/// <summary>What a recipe wants to know before it answers.</summary>
internal enum RecipeInput
{
    /// <summary>Who asks.</summary>
    User,
    /// <summary>An item, to find others that go with it.</summary>
    Item,
    /// <summary>Who asks, and a list to be put in order.</summary>
    List,
    /// <summary>Nothing: the answer is the same for everybody.</summary>
    Nothing,
}

internal static class RecipeInputs
{
    /// <param name="recipe">Its name, such as <c>aws-sims</c>.</param>
    public static RecipeInput Of(string recipe) => recipe switch
    {
        "aws-similar-items" or "aws-sims" or "aws-semantic-similarity" => RecipeInput.Item,
        "aws-popularity-count" or "aws-trending-now" => RecipeInput.Nothing,
        _ when recipe.StartsWith("aws-personalized-ranking", StringComparison.Ordinal) => RecipeInput.List,
        _ => RecipeInput.User,
    };
}
