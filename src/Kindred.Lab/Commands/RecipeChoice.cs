using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Personalization;

namespace Kindred.Lab.Commands;

/// <summary>A recipe and its hyperparameters, as named on the command line, or the wish to have one chosen.</summary>
internal sealed class RecipeChoice
{
    public const string Auto = "auto";
    public const string Default = "aws-user-personalization-v2";
    public static readonly TimeSpan DefaultBudget = TimeSpan.FromMinutes(5);

    private readonly IRecipe? _recipe;
    private readonly RecipeSettings? _settings;

    private RecipeChoice(IRecipe? recipe, RecipeSettings? settings, TimeSpan? budget, HoldoutKind? holdout = null) =>
        (_recipe, _settings, Budget, Holdout) = (recipe, settings, budget, holdout);

    public bool IsAuto => _recipe is null;
    public string Name => _recipe?.Description.Name ?? Auto;

    /// <summary>What trains; not of auto.</summary>
    public IRecipe Recipe => _recipe ?? throw new InvalidOperationException("No recipe was chosen yet.");

    /// <summary>Its hyperparameters; not of auto.</summary>
    public RecipeSettings Settings => _settings ?? throw new InvalidOperationException("No recipe was chosen yet.");

    /// <summary>How long a search may take; null = none was given.</summary>
    public TimeSpan? Budget { get; }

    /// <summary>What auto was told to compare by; null = nothing was said.</summary>
    public HoldoutKind? Holdout { get; }

    /// <summary>The same, with what auto compares by unless it was told.</summary>
    public RecipeChoice For(HoldoutKind holdout) => new(_recipe, _settings, Budget, Holdout ?? holdout);

    /// <exception cref="LabException">There is no such recipe, or a setting is wrong.</exception>
    public static RecipeChoice Parse(string name, IReadOnlyList<string> sets, TimeSpan? budget = null)
    {
        if (name == Auto)
            return new RecipeChoice(null, null, budget, HoldoutOf(sets));
        var recipe = Find(name);
        var (algorithm, transformation) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var set in sets)
        {
            if (set.Split('=', 2) is not [var key, var value] || key.Trim().Length == 0)
                throw new LabException($"--set is '{set}'; name=value was expected.");
            var parameter = recipe.Description.HyperParameters.FirstOrDefault(parameter => parameter.Name == key.Trim())
                ?? throw new LabException($"{name} has no hyperparameter '{key}'; {Settable(recipe.Description)}.");
            var map = parameter.Kind is HyperParameterKind.Algorithm ? algorithm : transformation;
            if (!map.TryAdd(parameter.Name, value.Trim()))
                throw new LabException($"--set gives {parameter.Name} twice.");
        }
        var settings = RecipeSettings.Parse(recipe.Description, algorithm, transformation, out var faults);
        return faults.Count == 0
            ? new RecipeChoice(recipe, settings, sets.Count == 0 ? budget : null)
            : throw new LabException($"--set: {string.Join(" ", faults)}");
    }

    /// <summary>Names of the recipes that can be trained; the use cases of domains are the same under other names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. RecipeCatalog.All.Where(recipe => recipe.Domain is null && RecipeCatalog.Implementation(recipe.Name) is not null)
            .Select(recipe => recipe.Name),
    ];

    public static IRecipe Find(string name) => RecipeCatalog.Implementation(name)
        ?? throw new LabException(RecipeCatalog.Find(name) is null
            ? $"There is no recipe '{name}'; choose {Auto} or one of {string.Join(", ", Names)}."
            : $"The recipe {name} cannot be trained here; choose {Auto} or one of {string.Join(", ", Names)}.");

    private static HoldoutKind? HoldoutOf(IReadOnlyList<string> sets) => sets switch
    {
        [] => null,
        ["next_item=true"] => HoldoutKind.Newest,
        ["next_item=false"] => HoldoutKind.Random,
        _ =>
            throw new LabException(
                $"--set is '{string.Join(", ", sets)}'; {Auto} chooses hyperparameters itself and takes next_item=true or "
                + "next_item=false alone."),
    };

    private static string Settable(RecipeDescription recipe) => recipe.HyperParameters.Count == 0
        ? "it has none"
        : $"{string.Join(", ", recipe.HyperParameters.Select(parameter => parameter.Name))} can be set";
}
