namespace Kindred.Recipes.Catalog;

/// <summary>Values of a recipe's <c>recipeType</c>.</summary>
public static class RecipeTypes
{
    public const string UserPersonalization = "USER_PERSONALIZATION";
    public const string PersonalizedRanking = "PERSONALIZED_RANKING";
    public const string RelatedItems = "RELATED_ITEMS";
    public const string PopularItems = "POPULAR_ITEMS";
    public const string PersonalizedActions = "PERSONALIZED_ACTIONS";
    public const string UserSegmentation = "USER_SEGMENTATION";
}
