using Kindred.Numerics.Threading;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Evaluation;

/// <summary>
/// The metrics of GetSolutionMetrics. They follow that service's conventions, not those of research: compare them between solution
/// versions, not with papers.
/// </summary>
public static class ServiceMetrics
{
    private const int ListLength = 25;
    private const int UsersPerBlock = 16;
    private static readonly int[] Cuts = [5, 10, 25];

    /// <summary>Measures a model on the users of a split that it was not trained on.</summary>
    /// <param name="model">Trained on <see cref="UserSplit.Training"/>.</param>
    /// <param name="split">The test users.</param>
    /// <param name="withEventWeights">Adds the metrics in which a hit earns its event type's weight over the mean weight.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static IReadOnlyDictionary<string, double> Measure(ITrainedModel model, UserSplit split, bool withEventWeights, TrainingRun run)
    {
        var lists = Lists(model, split, run);
        var metrics = PerUser(lists, withEventWeights)
            .ToDictionary(metric => metric.Name, metric => metric.Values.Length == 0 ? 0.0 : metric.Values.Average());
        metrics["coverage"] = Coverage(lists, split);
        return metrics;
    }

    /// <summary>The same metrics with confidence intervals; coverage, a property of all users together, has none.</summary>
    /// <param name="model">Trained on <see cref="UserSplit.Training"/>.</param>
    /// <param name="split">The test users.</param>
    /// <param name="withEventWeights">Adds the metrics in which a hit earns its event type's weight over the mean weight.</param>
    /// <param name="run">Seed of the resamples, threads and cancellation.</param>
    public static IReadOnlyDictionary<string, MetricEstimate> Estimate(ITrainedModel model, UserSplit split, bool withEventWeights, TrainingRun run)
    {
        var lists = Lists(model, split, run);
        var metrics = PerUser(lists, withEventWeights);
        var estimates = Bootstrap.Estimate([.. metrics.Select(metric => metric.Values)], run);
        var named = metrics.Zip(estimates).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        var coverage = Coverage(lists, split);
        named["coverage"] = new MetricEstimate(coverage, coverage, coverage);
        return named;
    }

    private static UserList[] Lists(ITrainedModel model, UserSplit split, TrainingRun run)
    {
        var lists = new UserList[split.TestUsers.Count];
        var recommenders = new MeasuredRecommender?[run.Threads];
        var meanWeight = MeanWeight(split);
        Workers.ForBlocks(lists.Length, UsersPerBlock, run.Threads, (worker, from, to) =>
        {
            var recommender = recommenders[worker] ??= new MeasuredRecommender(model);
            for (var i = from; i < to; i++)
                lists[i] = ListOf(recommender, split, split.TestUsers[i], meanWeight);
        }, run.CancellationToken);
        return lists;
    }

    private static UserList ListOf(MeasuredRecommender recommender, UserSplit split, int user, double meanWeight)
    {
        var (log, start, truthStart) = (split.Log, split.Log.UserStarts[user], split.TruthOf(user));
        var history = new HistoryEvent[truthStart - start];
        log.CopyHistory(start, history);
        var items = new int[ListLength];
        var count = recommender.Recommend(history, items, log.ContextOf(truthStart));

        var truth = new Dictionary<int, double>();
        for (var i = truthStart; i < log.UserStarts[user + 1]; i++)
            truth[log.Items[i]] = Math.Max(truth.GetValueOrDefault(log.Items[i]), log.WeightOf(i));
        var (hits, rewards) = (new double[ListLength], new double[ListLength]);
        for (var i = 0; i < count; i++)
        {
            if (truth.TryGetValue(items[i], out var weight))
                (hits[i], rewards[i]) = (1, weight / meanWeight);
        }
        return new UserList(items[..count], hits, rewards);
    }

    private static List<(string Name, double[] Values)> PerUser(UserList[] lists, bool withEventWeights)
    {
        var metrics = new List<(string Name, double[] Values)>();
        void Add(string name, Func<UserList, double> metric) => metrics.Add((name, Array.ConvertAll(lists, list => metric(list))));

        Add("mean_reciprocal_rank_at_25", list => HitMetrics.ReciprocalRank(list.Hits));
        foreach (var cut in Cuts)
        {
            Add($"normalized_discounted_cumulative_gain_at_{cut}", list => HitMetrics.Ndcg(list.Hits, cut));
            Add($"precision_at_{cut}", list => HitMetrics.Precision(list.Hits, cut));
            if (withEventWeights)
                Add($"normalized_discounted_cumulative_gain_with_event_weights_at_{cut}", list => HitMetrics.Ndcg(list.Rewards, cut));
        }
        return metrics;
    }

    /// <summary>Different items that the test users would be shown, over all items with an interaction.</summary>
    private static double Coverage(UserList[] lists, UserSplit split)
    {
        var shown = new HashSet<int>(lists.SelectMany(list => list.Items)).Count;
        var all = split.Log.DistinctItems();
        return all == 0 ? 0 : Math.Min(1, (double)shown / all);
    }

    /// <summary>Mean weight of the event types that occur.</summary>
    private static double MeanWeight(UserSplit split)
    {
        var types = new HashSet<short>();
        foreach (var type in split.Log.EventTypeCodes)
            types.Add(type);
        var sum = types.Sum(type => (double)split.Log.TypeWeights[type + 1]);
        return sum > 0 ? sum / types.Count : 1;
    }

    private sealed record UserList(int[] Items, double[] Hits, double[] Rewards);
}
