using Kindred.Numerics.Threading;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Evaluation;

/// <summary>
/// Confidence intervals of means by the percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, ch. 13): test users
/// are drawn with replacement, as many as there are, again and again; 95 % of the means lie inside the interval.
/// </summary>
public static class Bootstrap
{
    public const int Resamples = 1000;

    /// <summary>Estimates the mean of each metric. All metrics see the same resamples; same values and seed, same intervals.</summary>
    /// <param name="metrics">Per metric a value per test user; all of the same length.</param>
    /// <param name="run">Seed, threads and cancellation.</param>
    public static MetricEstimate[] Estimate(IReadOnlyList<double[]> metrics, TrainingRun run)
    {
        var users = metrics.Count == 0 ? 0 : metrics[0].Length;
        if (users == 0)
            return new MetricEstimate[metrics.Count];
        var means = new double[metrics.Count][];
        for (var metric = 0; metric < means.Length; metric++)
            means[metric] = new double[Resamples];
        Workers.ForBlocks(Resamples, 8, run.Threads, (_, from, to) =>
        {
            var draws = new int[users];
            for (var resample = from; resample < to; resample++)
            {
                Draw(draws, new Random(HashCode(run.Seed, resample)));
                for (var metric = 0; metric < means.Length; metric++)
                    means[metric][resample] = MeanOf(metrics[metric], draws);
            }
        }, run.CancellationToken);
        return [.. metrics.Select((values, metric) => Interval(values, means[metric]))];
    }

    private static MetricEstimate Interval(double[] values, double[] means)
    {
        Array.Sort(means);
        return new MetricEstimate(values.Average(), Percentile(means, 0.025), Percentile(means, 0.975));
    }

    private static double Percentile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }

    private static void Draw(int[] draws, Random random)
    {
        for (var i = 0; i < draws.Length; i++)
            draws[i] = random.Next(draws.Length);
    }

    private static double MeanOf(double[] values, int[] draws)
    {
        var sum = 0.0;
        foreach (var draw in draws)
            sum += values[draw];
        return sum / draws.Length;
    }

    // Not System.HashCode, which differs from process to process.
    private static int HashCode(int seed, int resample) => unchecked(seed * 486187739 + resample);
}
