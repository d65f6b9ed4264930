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
        var lists = Lists(model, split, null, run);
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
    /// <param name="values">What each item is worth to an objective, NaN = nothing is known: adds <c>average_rewards_at_k</c>. Null: there is none.</param>
    public static IReadOnlyDictionary<string, MetricEstimate> Estimate(
        ITrainedModel model, UserSplit split, bool withEventWeights, TrainingRun run, float[]? values = null)
    {
        var lists = Lists(model, split, values, run);
        var metrics = PerUser(lists, withEventWeights);
        var estimates = Bootstrap.Estimate([.. metrics.Select(metric => metric.Values)], run);
        var named = metrics.Zip(estimates).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        var coverage = Coverage(lists, split);
        named["coverage"] = new MetricEstimate(coverage, coverage, coverage);
        if (values is not null && lists.Where(list => list.Earned is not null).Select(list => list.Earned!.Value).ToArray() is { Length: > 0 } earned)
            named["average_rewards_at_k"] = Bootstrap.Estimate([earned], run)[0];
        return named;
    }

    private static UserList[] Lists(ITrainedModel model, UserSplit split, float[]? values, TrainingRun run)
    {
        var lists = new UserList[split.TestUsers.Count];
        var recommenders = new MeasuredRecommender?[run.Threads];
        var meanWeight = MeanWeight(split);
        // From the least value on, so that every reward is one.
        var least = values?.Where(static value => !float.IsNaN(value)).DefaultIfEmpty().Min() ?? 0;
        Workers.ForBlocks(lists.Length, UsersPerBlock, run.Threads, (worker, from, to) =>
        {
            var recommender = recommenders[worker] ??= new MeasuredRecommender(model);
            for (var i = from; i < to; i++)
                lists[i] = ListOf(recommender, split, split.TestUsers[i], meanWeight, values is null ? null : item => float.IsNaN(values[item]) ? 0 : values[item] - least);
        }, run.CancellationToken);
        return lists;
    }

    /// <param name="rewardOf">What an item is worth, at least 0; null = nothing is.</param>
    private static UserList ListOf(MeasuredRecommender recommender, UserSplit split, int user, double meanWeight, Func<int, double>? rewardOf)
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
        return new UserList(items[..count], hits, rewards, rewardOf is null ? null : Earned(items.AsSpan(0, count), truth, rewardOf));
    }

    /// <returns>What the list brings of everything that the user's choices bring, 0..1; null where they bring nothing.</returns>
    private static double? Earned(ReadOnlySpan<int> items, Dictionary<int, double> truth, Func<int, double> rewardOf)
    {
        var all = truth.Keys.Sum(rewardOf);
        if (all <= 0)
            return null;
        var earned = 0.0;
        foreach (var item in items)
            earned += truth.ContainsKey(item) ? rewardOf(item) : 0;
        return earned / all;
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

    /// <param name="Earned">Share of the rewards of everything that the user chose; null where there are none.</param>
    private sealed record UserList(int[] Items, double[] Hits, double[] Rewards, double? Earned);
}
