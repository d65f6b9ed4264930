using Kindred.Numerics.Ranking;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;
using Kindred.Recipes.Trees;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Orders the best new items of a blend once more, by boosted trees that were trained with LambdaRank on the held-out users: score of the
/// blend plus a share of what the trees say. The scores stay, they only change places.
/// </summary>
internal sealed class Reranker
{
    private const int MaxCandidates = 60;
    private const int Folds = 3;
    private const int LeastUsers = 300;

    /// <summary>The trees displace the blend alone only by more than this many standard errors of the difference.</summary>
    private const double LeastAdvantage = 1;

    private static readonly TreeOptions Options =
        new() { Trees = 60, Leaves = 12, MinRowsPerLeaf = 100, LearningRate = 0.1, FeatureFraction = 0.8, Regularization = 5 };

    private static readonly float[] Shares = [0.15f, 0.3f, 0.6f, 1.2f];

    private readonly BoostedTrees _trees;
    private readonly RankingFeatures _features;
    private readonly float _share;

    private Reranker(BoostedTrees trees, RankingFeatures features, float share) => (_trees, _features, _share) = (trees, features, share);

    /// <summary>The signals that it looks at, as indices into those of the ensemble.</summary>
    public ReadOnlySpan<int> Signals => _features.Signals;

    /// <summary>Trains; null when the blend alone is not worse on users that the trees had not seen.</summary>
    public static Reranker? Fit(CandidatePool pool, ValidationSlice slice, Blend blend, TrainingRun run)
    {
        if (!LightGbmTrainer.IsSupported || pool.Users.Count(user => user.IsFound) < LeastUsers)
            return null;
        int[] signals = [.. Enumerable.Range(0, blend.Signals.Length).Where(signal => blend.Signals[signal] > 0)];
        var features = new RankingFeatures(signals, FirstTimes(slice.Training));
        var users = pool.Users.Select(user => Example.Of(user, blend, features, slice)).ToArray();
        var gains = new float[Shares.Length + 1][];
        for (var share = 0; share < gains.Length; share++)
            gains[share] = new float[users.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            run.Report((double)fold / (Folds + 1), "training the re-ranker on a part of the users");
            var trees = Train([.. users.Where((_, i) => i % Folds != fold)], features.Count, run);
            for (var i = fold; i < users.Length; i += Folds)
            {
                gains[0][i] = users[i].Gain(null, 0);
                var outputs = users[i].Evaluate(trees);
                for (var share = 0; share < Shares.Length; share++)
                    gains[share + 1][i] = users[i].Gain(outputs, Shares[share]);
            }
        }
        var best = Enumerable.Range(1, Shares.Length).MaxBy(share => gains[share].Sum());
        if (PairedDifference.InStandardErrors(gains[best], gains[0]) <= LeastAdvantage)
            return null;
        run.Report((double)Folds / (Folds + 1), "training the re-ranker");
        return new Reranker(Train(users, features.Count, run), features, Shares[best - 1]);
    }

    /// <summary>The same trees over the items of newer data.</summary>
    public Reranker Over(InteractionLog log) => new(_trees, new RankingFeatures(Signals.ToArray(), FirstTimes(log)), _share);

    /// <summary>Reorders.</summary>
    /// <param name="history">Oldest first; at least one item is known.</param>
    /// <param name="logShares">Of all items.</param>
    /// <param name="columns">What each signal of the ensemble says about every item.</param>
    /// <param name="met">Items of the history: they are left where they are.</param>
    /// <param name="scores">Of all items, under the blend.</param>
    public void Apply(ReadOnlySpan<HistoryEvent> history, ReadOnlySpan<float> logShares, float[][] columns, MetItems met, Span<float> scores)
    {
        Span<int> items = stackalloc int[MaxCandidates];
        Span<float> best = stackalloc float[MaxCandidates];
        var saved = met.Hide(scores);
        items = items[..TopK.Select(scores, [], items)];
        met.Show(scores, saved);
        if (items.Length < 2)
            return;
        best = best[..items.Length];
        Span<float> shares = stackalloc float[items.Length];
        Span<float> odds = stackalloc float[items.Length * Signals.Length];
        for (var i = 0; i < items.Length; i++)
        {
            (best[i], shares[i]) = (scores[items[i]], logShares[items[i]]);
            for (var signal = 0; signal < Signals.Length; signal++)
                odds[signal * items.Length + i] = columns[Signals[signal]][items[i]];
        }
        Span<float> rows = stackalloc float[items.Length * _features.Count];
        _features.Write(items, best, shares, odds, RankingContext.Of(history, scores.Length), rows);
        Span<float> outputs = stackalloc float[items.Length];
        _trees.Evaluate(rows, outputs);
        for (var i = 0; i < items.Length; i++)
            outputs[i] = -(best[i] + _share * outputs[i]);
        outputs.Sort(items);
        for (var i = 0; i < items.Length; i++)
            scores[items[i]] = best[i];
    }

    public void Write(ArtifactWriter writer)
    {
        _trees.Write(writer, "ranker.trees");
        writer.Tensor<float>("ranker.share", new[] { _share }).Tensor<int>("ranker.signals", Signals.ToArray())
            .Tensor("ranker.first_times", _features.FirstTimes);
    }

    /// <exception cref="ModelArtifactException">Missing, or it does not fit the ensemble.</exception>
    public static Reranker Read(ModelArtifact artifact, Ensemble ensemble)
    {
        var signals = artifact.Tensor<int>("ranker.signals").ToArray();
        var features = new RankingFeatures(signals, artifact.Tensor<long>("ranker.first_times"));
        var trees = BoostedTrees.Read(artifact, "ranker.trees");
        if (Array.Exists(signals, signal => (uint)signal >= (uint)ensemble.Signals.Count) || features.FirstTimes.Length != ensemble.ItemCount
            || trees.FeatureCount != features.Count || artifact.Tensor<float>("ranker.share").Span is not [var share])
            throw new ModelArtifactException("The re-ranker of the model artifact does not fit its members.");
        return new Reranker(trees, features, share);
    }

    private static BoostedTrees Train(IReadOnlyList<Example> users, int featureCount, TrainingRun run)
    {
        var found = users.Where(user => user.IsTarget.Contains(true)).ToList();
        var (rows, labels, weights, starts) = (new List<float>(), new List<float>(), new List<float>(), new List<int> { 0 });
        foreach (var user in found)
        {
            rows.AddRange(user.Rows);
            for (var i = 0; i < user.Items.Length; i++)
            {
                labels.Add(user.IsTarget[i] ? 1 : 0);
                weights.Add(user.Weight);
            }
            starts.Add(labels.Count);
        }
        return BoostedTrees.Train(TreeObjective.LambdaRank, new TreeExamples(rows.ToArray(), featureCount, labels.ToArray())
        {
            Weights = weights.TrueForAll(weight => weight == 1) ? default : weights.ToArray(), GroupStarts = starts.ToArray(),
        }, Options, OneThread(run));
    }

    // So few rows train in a second or two. More threads would only wait for each other, and wait spinning when the machine is busy.
    private static TrainingRun OneThread(TrainingRun run) => new(run.Seed, 1, null, run.CancellationToken);

    private static long[] FirstTimes(InteractionLog log)
    {
        var times = new long[log.ItemIds.Count];
        Array.Fill(times, long.MaxValue);
        for (var i = 0; i < log.Count; i++)
            times[log.Items[i]] = Math.Min(times[log.Items[i]], log.Timestamps[i]);
        return times;
    }

    /// <param name="Items">The best candidates, best first.</param>
    /// <param name="Scores">Under the blend.</param>
    /// <param name="Rows">Their features.</param>
    /// <param name="IsTarget">Which of them are targets.</param>
    /// <param name="Targets">How many targets there are, among them or not.</param>
    /// <param name="Weight">Weight of the targets.</param>
    private sealed record Example(int[] Items, float[] Scores, float[] Rows, bool[] IsTarget, int Targets, float Weight)
    {
        public static Example Of(PooledUser user, Blend blend, RankingFeatures features, ValidationSlice slice)
        {
            var scores = new float[user.Items.Length];
            user.Score(blend, scores);
            var order = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => user.Items[i]).Take(MaxCandidates).ToArray();
            int[] items = [.. order.Select(i => user.Items[i])];
            float[] best = [.. order.Select(i => scores[i])];
            float[] shares = [.. order.Select(i => user.Column(blend.Signals.Length)[i])];
            var odds = new float[items.Length * features.Signals.Length];
            for (var signal = 0; signal < features.Signals.Length; signal++)
            {
                for (var i = 0; i < items.Length; i++)
                    odds[signal * items.Length + i] = user.Column(features.Signals[signal])[order[i]];
            }
            var rows = new float[items.Length * features.Count];
            features.Write(items, best, shares, odds, RankingContext.Of(slice.HistoryOf(user.Case), slice.Log.ItemIds.Count), rows);
            return new Example(items, best, rows, [.. order.Select(i => i < user.Found)], user.Targets, user.Weight);
        }

        public float[] Evaluate(BoostedTrees trees)
        {
            var outputs = new float[Items.Length];
            trees.Evaluate(Rows, outputs);
            return outputs;
        }

        public float Gain(float[]? outputs, float share)
        {
            var (gain, ideal) = (0.0, 0.0);
            for (var target = 0; target < Items.Length; target++)
            {
                if (IsTarget[target] && RankOf(target, outputs, share) is var rank && rank <= PooledUser.Cut)
                    gain += Weight / Math.Log2(1 + rank);
            }
            for (var place = 1; place <= Math.Min(PooledUser.Cut, Targets); place++)
                ideal += 1 / Math.Log2(1 + place);
            return (float)(gain / ideal);
        }

        private int RankOf(int target, float[]? outputs, float share)
        {
            var (rank, score) = (1, Scores[target] + (outputs is null ? 0 : share * outputs[target]));
            for (var i = 0; i < Items.Length; i++)
            {
                var other = Scores[i] + (outputs is null ? 0 : share * outputs[i]);
                if (other > score || (other == score && i < target))
                    rank++;
            }
            return rank;
        }
    }
}
