namespace Kindred.Recipes.Catalog;

/// <summary>Every recipe there is: those that solutions name, the domain use cases that recommenders name, and our own.</summary>
public static class RecipeCatalog
{
    /// <summary>In the order in which they are listed.</summary>
    public static IReadOnlyList<RecipeDescription> All { get; } =
        [.. SolutionRecipes.All, .. DomainRecipes.All, .. OwnRecipes.All, .. CountedRecipes.All];

    private static readonly Dictionary<string, RecipeDescription> ByName = All.ToDictionary(recipe => recipe.Name);

    private static readonly Dictionary<string, IRecipe> Implementations = ImplementedRecipes.All.ToDictionary(recipe => recipe.Description.Name);

    /// <summary>The recipe of that name, or null.</summary>
    public static RecipeDescription? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The recipe with that ARN, or null.</summary>
    public static RecipeDescription? FindByArn(string arn) => All.FirstOrDefault(recipe => recipe.Arn == arn);

    /// <summary>A recipe whose algorithm has that ARN, or null.</summary>
    public static RecipeDescription? FindByAlgorithmArn(string arn) => All.FirstOrDefault(recipe => recipe.AlgorithmArn == arn);

    /// <summary>A recipe whose feature transformation has that ARN, or null.</summary>
    public static RecipeDescription? FindByFeatureTransformationArn(string arn) =>
        All.FirstOrDefault(recipe => recipe.FeatureTransformationArn == arn);

    /// <summary>What trains and serves the recipe, or null where that is not built yet.</summary>
    public static IRecipe? Implementation(string name) => Implementations.GetValueOrDefault(name);
}
