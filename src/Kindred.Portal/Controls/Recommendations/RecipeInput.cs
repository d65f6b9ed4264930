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
    /// <summary>Who asks, and the item they look at.</summary>
    UserAndItem,
    /// <summary>Nothing: the answer is the same for everybody.</summary>
    Nothing,
    /// <summary>Who asks; the answer are actions, not items.</summary>
    Action,
}

internal static class RecipeInputs
{
    /// <param name="recipe">Its name, or that of a use case, such as <c>aws-sims</c>.</param>
    public static RecipeInput Of(string recipe) => recipe switch
    {
        "aws-similar-items" or "aws-sims" or "aws-semantic-similarity" or "aws-ecomm-frequently-bought-together" => RecipeInput.Item,
        "aws-ecomm-customers-who-viewed-x-also-viewed" or "aws-vod-because-you-watched-x" or "aws-vod-more-like-x" => RecipeInput.UserAndItem,
        "aws-popularity-count" or "aws-trending-now" or "aws-vod-trending-now" => RecipeInput.Nothing,
        "aws-next-best-action" => RecipeInput.Action,
        _ when recipe.StartsWith("aws-personalized-ranking", StringComparison.Ordinal) => RecipeInput.List,
        _ => RecipeInput.User,
    };
}
