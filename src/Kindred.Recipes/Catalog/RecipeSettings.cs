using System.Globalization;

namespace Kindred.Recipes.Catalog;

/// <summary>A recipe's hyperparameters, every one with a value that was checked.</summary>
public sealed class RecipeSettings
{
    private readonly Dictionary<string, string> _values;

    private RecipeSettings(Dictionary<string, string> values) => _values = values;

    /// <summary>What recommendations are to bring besides relevance; null = nothing. For recipes that have it.</summary>
    public ItemObjective? Objective { get; private init; }

    /// <summary>Every hyperparameter by name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    public static RecipeSettings Defaults(RecipeDescription recipe) => Parse(recipe, null, null, out _);

    /// <summary>Reads the maps of a solution's configuration; what they leave out takes its default.</summary>
    /// <param name="recipe">The recipe whose hyperparameters they are.</param>
    /// <param name="algorithm"><c>algorithmHyperParameters</c></param>
    /// <param name="featureTransformation"><c>featureTransformationParameters</c></param>
    /// <param name="faults">Everything that is wrong, one sentence each; empty when the settings are good.</param>
    /// <returns>The settings; a faulty value is replaced by its default.</returns>
    public static RecipeSettings Parse(
        RecipeDescription recipe,
        IReadOnlyDictionary<string, string>? algorithm,
        IReadOnlyDictionary<string, string>? featureTransformation,
        out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var values = recipe.HyperParameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        Read(recipe, HyperParameterKind.Algorithm, algorithm, values, found);
        Read(recipe, HyperParameterKind.FeatureTransformation, featureTransformation, values, found);
        var settings = new RecipeSettings(values);
        settings.CheckOrder("min_user_history_length_percentile", "max_user_history_length_percentile", found);
        settings.CheckOrder("min_item_interaction_count_percentile", "max_item_interaction_count_percentile", found);
        faults = found;
        return settings;
    }

    /// <summary>The same settings with other values, which are taken as checked.</summary>
    internal RecipeSettings With(IEnumerable<KeyValuePair<string, string>> values)
    {
        var changed = new Dictionary<string, string>(_values);
        foreach (var (name, value) in values)
            changed[name] = value;
        return new RecipeSettings(changed) { Objective = Objective };
    }

    /// <summary>The same settings with another objective.</summary>
    public RecipeSettings With(ItemObjective? objective) => new(_values) { Objective = objective };

    public bool Has(string name) => _values.ContainsKey(name);
    public int Integer(string name) => int.Parse(_values[name], CultureInfo.InvariantCulture);
    public double Float(string name) => double.Parse(_values[name], CultureInfo.InvariantCulture);
    public bool Boolean(string name) => bool.Parse(_values[name]);
    public string Text(string name) => _values[name];

    private static void Read(
        RecipeDescription recipe, HyperParameterKind kind, IReadOnlyDictionary<string, string>? given,
        Dictionary<string, string> values, List<string> faults)
    {
        foreach (var (name, text) in given ?? new Dictionary<string, string>())
        {
            var parameter = recipe.HyperParameters.FirstOrDefault(parameter => parameter.Name == name && parameter.Kind == kind);
            if (parameter is null)
                faults.Add(Unknown(recipe, kind, name));
            else if (parameter.FaultOf(text) is { } fault)
                faults.Add(fault);
            else
                values[name] = text;
        }
    }

    private static string Unknown(RecipeDescription recipe, HyperParameterKind kind, string name)
    {
        var map = kind is HyperParameterKind.Algorithm ? "algorithmHyperParameters" : "featureTransformationParameters";
        var known = recipe.HyperParameters.Where(parameter => parameter.Kind == kind).Select(parameter => parameter.Name).ToList();
        return $"{recipe.Name} has no '{name}' in {map}; {(known.Count == 0 ? "none" : string.Join(", ", known))} can be set there.";
    }

    private void CheckOrder(string least, string greatest, List<string> faults)
    {
        if (Has(least) && Has(greatest) && Float(least) > Float(greatest))
            faults.Add($"{least} is {Text(least)}; at most {greatest} ({Text(greatest)}) was expected.");
    }
}
