using Kindred.Recipes.Catalog;

namespace Kindred.Recipes.Tuning;

/// <summary>The hyperparameters of a recipe that a search may change, and to what. All others keep what they were set to.</summary>
public sealed class SearchSpace
{
    private SearchSpace(IReadOnlyList<SearchRange> ranges) => Ranges = ranges;

    public IReadOnlyList<SearchRange> Ranges { get; }

    /// <summary>How many different settings there are; infinite with a float among them.</summary>
    internal double Count => Ranges.Aggregate(1.0, (count, range) => count * range.Count);

    /// <summary>Every tunable hyperparameter of the recipe, in its whole range.</summary>
    public static SearchSpace Tunable(RecipeDescription recipe) =>
        new([.. recipe.HyperParameters.Where(parameter => parameter.IsTunable).Select(SearchRange.Of)]);

    /// <summary>The ranges that somebody asked for (<c>hpoConfig.algorithmHyperParameterRanges</c>).</summary>
    /// <param name="recipe">The recipe whose hyperparameters they are.</param>
    /// <param name="ranges">At most one per hyperparameter. None = every tunable hyperparameter in its whole range.</param>
    /// <param name="faults">Everything that is wrong, one sentence each; empty when the ranges are good.</param>
    /// <returns>The space of the ranges without a fault.</returns>
    public static SearchSpace Of(RecipeDescription recipe, IReadOnlyCollection<SearchRange> ranges, out IReadOnlyList<string> faults)
    {
        var (found, good) = (new List<string>(), new List<SearchRange>());
        foreach (var range in ranges)
        {
            if (good.Any(other => other.Name == range.Name))
                found.Add($"{range.Name} has two ranges; one was expected.");
            else if (FaultOf(recipe, range) is { } fault)
                found.Add(fault);
            else
                good.Add(range);
        }
        faults = found;
        return ranges.Count == 0 ? Tunable(recipe) : new SearchSpace(good);
    }

    private static string? FaultOf(RecipeDescription recipe, SearchRange range)
    {
        var parameter = recipe.HyperParameters.FirstOrDefault(parameter => parameter.Name == range.Name);
        if (parameter is not { IsTunable: true })
        {
            var tunable = recipe.HyperParameters.Where(other => other.IsTunable).Select(other => other.Name).ToList();
            return $"{recipe.Name} has no tunable '{range.Name}'; {(tunable.Count == 0 ? "none" : string.Join(", ", tunable))} can be searched.";
        }
        var isCategorical = parameter.Type is HyperParameterType.Boolean or HyperParameterType.Category;
        if (range.Type != (isCategorical ? HyperParameterType.Category : parameter.Type))
            return $"{range.Name} has a range of type {range.Type}; {(isCategorical ? HyperParameterType.Category : parameter.Type)} was expected.";
        if (isCategorical)
            return range.Values.Count == 0
                ? $"{range.Name} has no values to search."
                : range.Values.Select(parameter.FaultOf).FirstOrDefault(fault => fault is not null);
        if (!(range.Min <= range.Max))
            return $"{range.Name} is searched from {range.At(0)} to {range.At(1)}; the first must not be greater.";
        return parameter.FaultOf(range.At(0)) ?? parameter.FaultOf(range.At(1));
    }
}
