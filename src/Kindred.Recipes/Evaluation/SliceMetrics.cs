using Kindred.Recipes.Training;

namespace Kindred.Recipes.Evaluation;

/// <summary>The metrics of research for one slice of test users, each with its confidence interval.</summary>
public static class SliceMetrics
{
    private static readonly int[] Cuts = [5, 10, 20, 25];

    /// <param name="slice">At least one case.</param>
    /// <param name="run">Seed of the resamples, threads and cancellation.</param>
    /// <returns>By name: <c>ndcg_at_k</c>, <c>hit_rate_at_k</c>, <c>recall_at_k</c> (k = 5, 10, 20, 25), <c>mrr</c>, <c>coverage_at_10</c>.</returns>
    public static IReadOnlyDictionary<string, MetricEstimate> Of(RankedSlice slice, TrainingRun run)
    {
        var (names, values) = (new List<string>(), new List<double[]>());
        void Add(string name, Func<int[], double> metric)
        {
            names.Add(name);
            values.Add([.. slice.Ranks.Select(metric)]);
        }

        foreach (var cut in Cuts)
            Add($"ndcg_at_{cut}", ranks => RankMetrics.Ndcg(ranks, cut));
        foreach (var cut in Cuts)
            Add($"hit_rate_at_{cut}", ranks => RankMetrics.HitRate(ranks, cut));
        foreach (var cut in Cuts)
            Add($"recall_at_{cut}", ranks => RankMetrics.Recall(ranks, cut));
        Add("mrr", ranks => RankMetrics.ReciprocalRank(ranks));

        var estimates = Bootstrap.Estimate(values, run);
        var metrics = new Dictionary<string, MetricEstimate>(names.Count + 1);
        for (var i = 0; i < names.Count; i++)
            metrics[names[i]] = estimates[i];
        metrics["coverage_at_10"] = new MetricEstimate(slice.Coverage, slice.Coverage, slice.Coverage); // a property of all users, not a mean
        return metrics;
    }
}
