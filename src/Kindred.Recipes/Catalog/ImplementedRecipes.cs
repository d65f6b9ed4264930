namespace Kindred.Recipes.Catalog;

/// <summary>The recipes that can be trained.</summary>
internal static class ImplementedRecipes
{
    public static IReadOnlyList<IRecipe> All { get; } = [];
}
