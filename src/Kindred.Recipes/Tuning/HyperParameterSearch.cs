using Kindred.Numerics.Threading;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tuning;

/// <summary>
/// Finds good hyperparameters of one recipe on held-out users of the data: first what was set, then places spread over the space, then
/// what <see cref="ParzenEstimator"/> proposes. Deterministic for a seed, apart from how much a budget lets it try.
/// </summary>
public static class HyperParameterSearch
{
    private const int MaxSpreadTrials = 10;

    /// <summary>Another setting displaces the one to begin with only by more than this many standard errors of the difference.</summary>
    private const double LeastAdvantage = 1;

    /// <summary>Searches.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="start">What is tried first, and kept unless another is better by more than the noise of the held-out users.</param>
    /// <param name="space">What may change; nothing to change gives <paramref name="start"/> without a trial.</param>
    /// <param name="data">The data that the chosen settings are meant for.</param>
    /// <param name="limits">Trials and time.</param>
    /// <param name="run">Seed, threads, progress and cancellation.</param>
    /// <param name="holdout">What trials are compared by; null = what <paramref name="start"/> says a model is for.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static TuningResult Find(
        IRecipe recipe, RecipeSettings start, SearchSpace space, TrainingSet data, TuningLimits limits, TrainingRun run, HoldoutKind? holdout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxTrials, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxParallelTrials, 1);
        if (space.Count <= 1 && space.Ranges.Count == 0)
            return new TuningResult { Recipe = recipe, Settings = start, Score = null, Trials = [] };
        run.Report(0, "holding out users to compare by");
        var runner = new TrialRunner(Holdout.Of(data, recipe.Description, holdout ?? EnsembleOptions.HoldoutOf(start), run.Seed), limits.Budget);
        var (tried, random) = (new List<Attempt>(), new Random(run.Seed));
        while (tried.Count < limits.MaxTrials && Fits(runner, tried))
        {
            var most = tried.Count == 0 ? 1 : Math.Min(limits.MaxParallelTrials, limits.MaxTrials - tried.Count);
            var batch = Next(start, space, tried, most, random);
            if (batch.Count == 0)
                break;
            Try(recipe, batch, runner, run, $"trial {tried.Count + 1} of at most {limits.MaxTrials}", (double)tried.Count / limits.MaxTrials);
            tried.AddRange(batch);
        }
        var best = Best(tried);
        run.Report(1, "settings chosen");
        return new TuningResult
        {
            Recipe = recipe, Settings = best.Settings, Score = best.Trial?.Score, Trials = [.. tried.Select(attempt => attempt.Trial!)],
        };
    }

    /// <summary>Whether a trial as long as those before would still end in time.</summary>
    private static bool Fits(TrialRunner runner, List<Attempt> tried) =>
        runner.Remaining is not { } remaining || tried.Count == 0
            || remaining > tried.Average(attempt => attempt.Trial!.Duration.TotalSeconds) * TimeSpan.FromSeconds(1);

    private static List<Attempt> Next(RecipeSettings start, SearchSpace space, List<Attempt> tried, int most, Random random)
    {
        if (tried.Count == 0)
            return [new Attempt(start, null)];
        var spread = Math.Min(MaxSpreadTrials, 2 + 2 * space.Ranges.Count);
        // The settings to begin with may lie outside the ranges: they are no place to learn from.
        var ranked = tried.Where(attempt => attempt.Place is not null && attempt.Trial!.Score is not null)
            .OrderByDescending(attempt => attempt.Trial!.Score).Select(attempt => attempt.Place!).ToList();
        var places = tried.Count <= spread || ranked.Count == 0
            ? Enumerable.Range(tried.Count, 64 + most).Select(index => Halton(index, space.Ranges.Count))
            : ParzenEstimator.Propose(ranked, space.Ranges.Count, random)
                .Concat(Enumerable.Range(tried.Count, 64).Select(index => Halton(index, space.Ranges.Count)));
        var batch = new List<Attempt>();
        foreach (var place in places)
        {
            var settings = start.With(space.Ranges.Select((range, d) => KeyValuePair.Create(range.Name, range.At(place[d]))));
            if (!tried.Concat(batch).Any(attempt => AreSame(attempt.Settings, settings, space)))
                batch.Add(new Attempt(settings, place));
            if (batch.Count == most)
                break;
        }
        return batch;
    }

    private static void Try(IRecipe recipe, List<Attempt> batch, TrialRunner runner, TrainingRun run, string stage, double fraction)
    {
        run.Report(fraction, stage);
        var each = new TrainingRun(run.Seed, Math.Max(1, run.Threads / batch.Count), null, run.CancellationToken) { Effort = run.Effort };
        Workers.ForBlocks(batch.Count, 1, batch.Count, (_, from, _) =>
        {
            var outcome = runner.Run(recipe, batch[from].Settings, each);
            outcome.Model?.Dispose();
            (batch[from].Trial, batch[from].Gains) = (outcome.Trial, outcome.Gains);
        }, run.CancellationToken);
    }

    private static Attempt Best(List<Attempt> tried)
    {
        var start = tried[0];
        var best = tried.MaxBy(attempt => attempt.Trial!.Score ?? double.NegativeInfinity)!;
        return start.Gains.Length > 0 && PairedDifference.InStandardErrors(best.Gains, start.Gains) <= LeastAdvantage ? start : best;
    }

    private static bool AreSame(RecipeSettings one, RecipeSettings other, SearchSpace space) =>
        space.Ranges.All(range => string.Equals(one.Text(range.Name), other.Text(range.Name), StringComparison.OrdinalIgnoreCase));

    /// <summary>The low-discrepancy sequence of Halton: fills the cube evenly from the first few places on.</summary>
    private static double[] Halton(int index, int dimensions)
    {
        var place = new double[dimensions];
        for (var (d, b) = (0, 1); d < dimensions; d++)
        {
            b = NextPrime(b);
            for (var (rest, digit) = (index, 1.0 / b); rest > 0; rest /= b, digit /= b)
                place[d] += rest % b * digit;
        }
        return place;
    }

    private static int NextPrime(int number)
    {
        do
            number++;
        while (Enumerable.Range(2, Math.Max(0, (int)Math.Sqrt(number) - 1)).Any(divisor => number % divisor == 0));
        return number;
    }

    private sealed class Attempt(RecipeSettings settings, double[]? place)
    {
        public RecipeSettings Settings { get; } = settings;
        public double[]? Place { get; } = place;
        public Trial? Trial { get; set; }
        public float[] Gains { get; set; } = [];
    }
}
