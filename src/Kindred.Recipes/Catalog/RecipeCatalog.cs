namespace Kindred.Recipes.Catalog;

/// <summary>Every recipe there is: those that solutions name, the domain use cases that recommenders name, and our own.</summary>
public static class RecipeCatalog
{
    private static readonly Lock Adding = new();

    private static volatile Contents _contents = Contents.Of(
        [.. SolutionRecipes.All, .. DomainRecipes.All, .. OwnRecipes.All, .. CountedRecipes.All], ImplementedRecipes.All);

    /// <summary>In the order in which they are listed.</summary>
    public static IReadOnlyList<RecipeDescription> All => _contents.All;

    /// <summary>Lists a recipe that comes from elsewhere, after all others. Models name it, so it is added at every start.</summary>
    /// <exception cref="ArgumentException">There is a recipe of that name.</exception>
    public static void Add(IRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        lock (Adding)
        {
            if (Find(recipe.Description.Name) is not null)
                throw new ArgumentException($"There is a recipe '{recipe.Description.Name}' already.", nameof(recipe));
            _contents = Contents.Of([.. _contents.All, recipe.Description], [.. _contents.Implementations.Values, recipe]);
        }
    }

    /// <summary>The recipe of that name, or null.</summary>
    public static RecipeDescription? Find(string name) => _contents.ByName.GetValueOrDefault(name);

    /// <summary>The recipe with that ARN, or null.</summary>
    public static RecipeDescription? FindByArn(string arn) => All.FirstOrDefault(recipe => recipe.Arn == arn);

    /// <summary>A recipe whose algorithm has that ARN, or null.</summary>
    public static RecipeDescription? FindByAlgorithmArn(string arn) => All.FirstOrDefault(recipe => recipe.AlgorithmArn == arn);

    /// <summary>A recipe whose feature transformation has that ARN, or null.</summary>
    public static RecipeDescription? FindByFeatureTransformationArn(string arn) =>
        All.FirstOrDefault(recipe => recipe.FeatureTransformationArn == arn);

    /// <summary>What trains and serves the recipe, or null where that is not built yet.</summary>
    public static IRecipe? Implementation(string name) => _contents.Implementations.GetValueOrDefault(name);

    private sealed record Contents(
        IReadOnlyList<RecipeDescription> All,
        IReadOnlyDictionary<string, RecipeDescription> ByName,
        IReadOnlyDictionary<string, IRecipe> Implementations)
    {
        public static Contents Of(IReadOnlyList<RecipeDescription> all, IReadOnlyList<IRecipe> implementations) => new(
            all, all.ToDictionary(recipe => recipe.Name), implementations.ToDictionary(recipe => recipe.Description.Name));
    }
}
