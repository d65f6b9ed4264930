using System.Diagnostics;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tuning;

/// <summary>
/// Picks the recipe for the data: trains the candidates on all but some held-out users, cheapest first and as far as the budget goes, and
/// compares them there. A costlier recipe displaces a cheaper one by being better beyond noise; what is left of the budget goes to the
/// choice's hyperparameters.
/// </summary>
public static class AutoMl
{
    private const double LeastAdvantage = 0.5;
    private const int LeastTunedTrials = 4;

    /// <summary>What is tried when nobody says otherwise: every recipe that recommends to users and is not the twin of another.</summary>
    public static IReadOnlyList<IRecipe> Candidates { get; } = CandidatesWith("aws-user-personalization-v2");

    private static IReadOnlyList<IRecipe> CandidatesAtRandom { get; } = CandidatesWith("kindred-ensemble"); // alone can be told what it is asked for

    /// <summary>Chooses a recipe and trains it on everything.</summary>
    /// <param name="data">The data.</param>
    /// <param name="limits">Time and trials, the final training included.</param>
    /// <param name="run">Seed, threads, progress and cancellation.</param>
    /// <param name="candidates">
    /// The recipes to choose from; null = <see cref="Candidates"/>, and kindred-ensemble for its twin where any item is asked for.
    /// </param>
    /// <param name="kind">What they are compared by.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <remarks>The cheapest candidate is trained whatever the budget, so there always is a model.</remarks>
    public static AutoMlResult Train(
        TrainingSet data, TuningLimits limits, TrainingRun run, IReadOnlyList<IRecipe>? candidates = null,
        HoldoutKind kind = HoldoutKind.Newest)
    {
        var started = Stopwatch.GetTimestamp();
        run.Report(0, "holding out users to compare by");
        var ordered = Ordered(candidates ?? (kind is HoldoutKind.Random ? CandidatesAtRandom : Candidates), data, run);
        var holdout = Holdout.Of(data, ordered[0].Recipe.Description, kind, run.Seed);
        var (trials, best) = (new List<Trial>(), default(TrialRunner.Outcome));
        try
        {
            var runner = new TrialRunner(holdout, limits.Budget);
            foreach (var (i, (recipe, quote)) in ordered.Index())
            {
                if (trials.Count >= limits.MaxTrials || (best is not null && runner.Remaining < quote.Duration))
                    continue;
                var part = run.Part(0.8 * i / ordered.Count, 0.8 * (i + 1) / ordered.Count);
                part.Report(0, $"trying {recipe.Description.Name}");
                var outcome = (best is null ? new TrialRunner(holdout, null) : runner).Run(recipe, SettingsFor(recipe, kind), part);
                trials.Add(outcome.Trial);
                if (outcome.Model is null || (best is not null && PairedDifference.InStandardErrors(outcome.Gains, best.Gains) <= LeastAdvantage))
                {
                    outcome.Model?.Dispose();
                    continue;
                }
                best?.Model!.Dispose();
                best = outcome;
            }
            return Finish(data, limits, run, best!, trials, kind, started);
        }
        catch
        {
            best?.Model?.Dispose();
            throw;
        }
    }

    private static AutoMlResult Finish(
        TrainingSet data, TuningLimits limits, TrainingRun run, TrialRunner.Outcome best, List<Trial> trials, HoldoutKind kind, long started)
    {
        TimeSpan? Remaining() => limits.Budget - Stopwatch.GetElapsedTime(started);

        var recipe = RecipeCatalog.Implementation(best.Trial.Recipe)!;
        var (settings, score, once) = (best.Trial.Settings, best.Trial.Score, best.Trial.Duration);
        var space = SearchSpace.Tunable(recipe.Description);
        if (space.Ranges.Count > 0 && trials.Count + LeastTunedTrials <= limits.MaxTrials
            && Remaining() is { } left && left > (LeastTunedTrials + 1) * once)
        {
            var tuned = HyperParameterSearch.Find(recipe, settings, space, data, limits with
            {
                Budget = left - 1.2 * once, MaxTrials = limits.MaxTrials - trials.Count,
            }, run.Part(0.8, 0.9), kind);
            (settings, score) = (tuned.Settings, tuned.Score ?? score);
            trials.AddRange(tuned.Trials);
        }
        var choice = new TuningResult { Recipe = recipe, Settings = settings, Score = score, Trials = trials };
        if (Remaining() < 1.1 * once)
            return new AutoMlResult(choice, best.Model!, SawEverything: false);
        var model = recipe.Train(data, settings, run.Part(0.9, 1));
        best.Model!.Dispose();
        return new AutoMlResult(choice, model, SawEverything: true);
    }

    private static RecipeSettings SettingsFor(IRecipe recipe, HoldoutKind kind)
    {
        var settings = RecipeSettings.Defaults(recipe.Description);
        return kind is HoldoutKind.Random && settings.Has(EnsembleOptions.NextItem)
            ? settings.With([new(EnsembleOptions.NextItem, "false")])
            : settings;
    }

    private static IReadOnlyList<IRecipe> CandidatesWith(string ensemble) =>
    [
        .. RecipeCatalog.All.Where(
            recipe => recipe.Domain is null && !recipe.NeedsItems && (recipe.Name is "aws-popularity-count" || recipe.Name == ensemble
                || (recipe.Name.StartsWith("kindred-", StringComparison.Ordinal) && recipe.Name != "kindred-ensemble"
                    && recipe.RecipeType is RecipeTypes.UserPersonalization or RecipeTypes.PopularItems)))
            .Select(recipe => RecipeCatalog.Implementation(recipe.Name)).OfType<IRecipe>(),
    ];

    // Cheapest first, so that a short budget still compares something. But a costly recipe that is only one member of the ensemble comes
    // after the ensemble: trained alone it would use up the time and tell nothing that the ensemble does not know.
    private static List<(IRecipe Recipe, TrainingQuote Quote)> Ordered(IReadOnlyList<IRecipe> candidates, TrainingSet data, TrainingRun run)
    {
        var shape = DataShape.Of(data);
        TrainingQuote QuoteOf(IRecipe recipe) =>
            TrainingQuotes.Of(recipe, RecipeSettings.Defaults(recipe.Description), shape, run.Effort, run.Threads);

        var quoted = candidates.Select(recipe => (Recipe: recipe, Quote: QuoteOf(recipe)))
            .OrderBy(pair => pair.Quote.Duration).ToList();
        var ensemble = quoted.FindIndex(pair => pair.Recipe is PersonalizationRecipe);
        if (ensemble < 0)
            return quoted;
        var afterwards = quoted.Take(ensemble).Where(pair => pair.Quote.Duration > 0.25 * quoted[ensemble].Quote.Duration).ToList();
        return [.. quoted.Except(afterwards).Take(ensemble + 1 - afterwards.Count), .. afterwards, .. quoted.Skip(ensemble + 1)];
    }
}
