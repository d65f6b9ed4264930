using Kindred.Numerics.Threading;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Segmentation;

/// <summary>How well segments hold the users who turned out to interact: K is the top 1 % of users.</summary>
/// <param name="Hits">Mean number of the truth's users in the first K.</param>
/// <param name="Recall">Mean share of the truth's users in the first K.</param>
/// <param name="Coverage">Different users in any segment over all users with an interaction.</param>
internal readonly record struct SegmentMetrics(double Hits, double Recall, double Coverage)
{
    public static SegmentMetrics Measure(
        SegmentScorer scorer, SegmentRule rule, IReadOnlyList<SegmentQuery> queries, int activeUsers, TrainingRun run)
    {
        var segments = new int[queries.Count][];
        var size = Math.Max(1, (activeUsers + 99) / 100);
        Workers.ForBlocks(queries.Count, 1, run.Threads, (_, from, _) =>
        {
            var best = new int[size];
            segments[from] = best[..scorer.Rank(queries[from].IsMatching, rule, best)];
        }, run.CancellationToken);
        var (hits, recall) = (0.0, 0.0);
        for (var i = 0; i < segments.Length; i++)
        {
            var found = segments[i].Count(user => Array.BinarySearch(queries[i].Truth, user) >= 0);
            hits += found;
            recall += (double)found / queries[i].Truth.Length;
        }
        var many = Math.Max(1, queries.Count);
        return new SegmentMetrics(
            hits / many, recall / many, (double)segments.SelectMany(users => users).Distinct().Count() / Math.Max(1, activeUsers));
    }

    public IReadOnlyDictionary<string, double> ToDictionary() =>
        new Dictionary<string, double> { ["coverage"] = Coverage, ["hit_at_k"] = Hits, ["recall_at_k"] = Recall };
}
