using Kindred.Recipes.Catalog;

namespace Kindred.Serving.Batches;

/// <summary>How much one batch job may ask for.</summary>
public static class BatchLimits
{
    public const int DefaultResults = Recommendations.RequestRules.DefaultResults;
    /// <summary>Most items of an answer.</summary>
    public const int MaxItems = Recommendations.RequestRules.MaxResults;
    /// <summary>Most users of an answer.</summary>
    public const int MaxUsers = 5_000_000;
    public const int MaxFiles = 1_000;
    /// <summary>Most bytes of all files together.</summary>
    public const long MaxBytes = 1L << 30;
    /// <summary>Longest line, in bytes: 500 ids of 256 characters have room, several times over.</summary>
    public const int MaxLineBytes = 1 << 20;
    public const long MaxLinesOfRecommendations = 50_000_000;
    private const long MaxLinesOfItems = 500;
    private const long MaxLinesOfAttributes = 10;

    /// <returns>Most lines of one file.</returns>
    public static long MaxLines(RecipeDescription recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.RecipeType is not RecipeTypes.UserSegmentation ? MaxLinesOfRecommendations
            : recipe.NeedsItems ? MaxLinesOfAttributes : MaxLinesOfItems;
    }
}
