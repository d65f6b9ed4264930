using System.Globalization;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Resources;
using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Grains.Solutions;

/// <summary>What performHPO and performAutoML may ask for, and the search that they mean.</summary>
internal static class SearchRequestRules
{
    private const int MaxTrainings = 40;
    private const int MaxParallelTrainings = 10;

    /// <param name="recipe">Null when an AutoML chooses it, or when it is at fault itself.</param>
    public static void Check(CreateSolutionRequest request, RecipeDescription? recipe, Faults faults)
    {
        var config = request.SolutionConfig;
        var hpo = config?.HpoConfig;
        if (request.PerformAutoML is true)
        {
            faults.Require(request.RecipeArn is null, "performAutoML is true, which chooses the recipe; recipeArn must then be left out.");
            faults.Require(Ranges(hpo).Count == 0,
                "algorithmHyperParameterRanges belong to a recipe, which performAutoML has yet to choose; leave them out.");
            CheckCandidates(config?.AutoMLConfig, faults);
        }
        faults.Require(hpo?.HpoObjective is null, "hpoObjective cannot be configured; leave it out.");
        CheckNumber("maxNumberOfTrainingJobs", hpo?.HpoResourceConfig?.MaxNumberOfTrainingJobs, MaxTrainings, faults);
        CheckNumber("maxParallelTrainingJobs", hpo?.HpoResourceConfig?.MaxParallelTrainingJobs, MaxParallelTrainings, faults);
        if (recipe is null || (request.PerformHPO is not true && hpo is null)) return;
        if (SearchSpace.Tunable(recipe).Ranges.Count == 0)
        {
            faults.Require(request.PerformHPO is not true, $"The recipe {recipe.Name} has no hyperparameters that performHPO could search.");
            faults.Require(Ranges(hpo).Count == 0,
                $"The recipe {recipe.Name} has no hyperparameters with ranges; leave algorithmHyperParameterRanges out.");
            return;
        }
        CheckRanges(hpo, faults);
        SearchSpace.Of(recipe, Ranges(hpo), out var rangeFaults);
        faults.AddRange(rangeFaults);
    }

    /// <returns>What the version's training searches before it trains; null for nothing.</returns>
    /// <param name="recipe">Null when it is to be chosen.</param>
    public static SolutionSearch? Search(SolutionVersionRecord version, IRecipe? recipe, TimeSpan budget)
    {
        if (recipe is not null && !version.PerformHPO) return null;
        var (config, resources) = (version.Config, version.Config?.HpoConfig?.HpoResourceConfig);
        return new SolutionSearch
        {
            Space = recipe is null ? null : SearchSpace.Of(recipe.Description, Ranges(config?.HpoConfig), out _),
            Candidates = config?.AutoMLConfig?.RecipeList is { Count: > 0 } list ? [.. list.Select(Candidate).OfType<IRecipe>()] : null,
            Limits = new TuningLimits
            {
                MaxTrials = Number(resources?.MaxNumberOfTrainingJobs) ?? MaxTrainings,
                MaxParallelTrials = Number(resources?.MaxParallelTrainingJobs) ?? 1,
                Budget = budget,
            },
        };
    }

    /// <summary>The hyperparameters of the algorithm as a search found them.</summary>
    public static IReadOnlyDictionary<string, string> Tuned(RecipeDescription recipe, RecipeSettings settings) => recipe.HyperParameters
        .Where(parameter => parameter.Kind is HyperParameterKind.Algorithm)
        .ToDictionary(parameter => parameter.Name, parameter => settings.Text(parameter.Name));

    /// <summary>The ranges that can be read; <see cref="CheckRanges"/> names the others.</summary>
    private static List<SearchRange> Ranges(HPOConfig? hpo)
    {
        var ranges = hpo?.AlgorithmHyperParameterRanges;
        return
        [
            .. (ranges?.IntegerHyperParameterRanges ?? []).Where(range => range is { Name: not null, MinValue: not null, MaxValue: not null })
                .Select(range => SearchRange.Integer(RangeNames.Plain(range.Name), range.MinValue!.Value, range.MaxValue!.Value)),
            .. (ranges?.ContinuousHyperParameterRanges ?? []).Where(range => range is { Name: not null, MinValue: not null, MaxValue: not null })
                .Select(range => SearchRange.Continuous(RangeNames.Plain(range.Name), range.MinValue!.Value, range.MaxValue!.Value)),
            .. (ranges?.CategoricalHyperParameterRanges ?? []).Where(range => range is { Name: not null, Values: not null })
                .Select(range => SearchRange.Categorical(RangeNames.Plain(range.Name), range.Values!)),
        ];
    }

    private static void CheckRanges(HPOConfig? hpo, Faults faults)
    {
        var ranges = hpo?.AlgorithmHyperParameterRanges;
        var numbers = (ranges?.IntegerHyperParameterRanges ?? [])
            .Select(range => (range.Name, Complete: range is { MinValue: not null, MaxValue: not null }))
            .Concat((ranges?.ContinuousHyperParameterRanges ?? [])
                .Select(range => (range.Name, Complete: range is { MinValue: not null, MaxValue: not null })));
        foreach (var (name, complete) in numbers)
            faults.Require(name is not null && complete, $"The range of '{name}' is incomplete; name, minValue and maxValue were expected.");
        foreach (var range in ranges?.CategoricalHyperParameterRanges ?? [])
            faults.Require(range is { Name: not null, Values: not null },
                $"The range of '{range.Name}' is incomplete; name and values were expected.");
    }

    private static void CheckCandidates(AutoMLConfig? config, Faults faults)
    {
        faults.Require(config?.MetricName is null,
            "metricName of autoMLConfig cannot be chosen: recipes are compared by NDCG@10 on held-out users. Leave it out.");
        foreach (var arn in config?.RecipeList ?? [])
            faults.Require(Candidate(arn) is not null,
                $"recipeList names {arn}; recipes that recommend items to users, "
                + $"such as those in {string.Join(", ", AutoMl.Candidates.Select(recipe => recipe.Description.Arn))}, were expected.");
    }

    private static IRecipe? Candidate(string arn) =>
        RecipeCatalog.FindByArn(arn) is { Domain: null, RecipeType: RecipeTypes.UserPersonalization or RecipeTypes.PopularItems } recipe
            ? RecipeCatalog.Implementation(recipe.Name)
            : null;

    private static void CheckNumber(string name, string? text, int most, Faults faults) =>
        faults.Require(text is null || Number(text) is { } number && number >= 1 && number <= most,
            $"{name} is '{text}'; a whole number from 1 to {most} was expected.");

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
