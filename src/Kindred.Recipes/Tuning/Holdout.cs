using Kindred.Numerics.Threading;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tuning;

/// <summary>
/// What trials are compared by: interactions that no trial trains on, the newest of users (or their newest baskets) unless it is told otherwise. A
/// trial's score is the mean of NDCG@10 of such items among the ten that serving would show: 1/log2(1 + rank) where there is one.
/// </summary>
internal sealed class Holdout
{
    private const int UsersPerBlock = 16;
    private const int ListLength = 10;

    /// <summary>Share of repeats in the data from which on a recipe for users is also judged by whether it foretells them.</summary>
    private const double LeastRepeats = 0.1;

    private readonly ValidationSlice _slice;
    private readonly float[] _weights;

    private Holdout(TrainingSet data, ValidationSlice slice, bool countsShares)
    {
        (_slice, Training) = (slice, data.With(slice.Training));
        // A new item that stands in for a repeat says nothing of how often what comes next is new.
        var all = slice.Cases.Sum(held => held.Share);
        _weights = [.. slice.Cases.Select(held => countsShares && all > 0 ? (float)held.Share * slice.Cases.Count / all : 1)];
    }

    /// <summary>What trials train on.</summary>
    public TrainingSet Training { get; }

    public int Count => _slice.Cases.Count;

    public static Holdout Of(TrainingSet data, RecipeDescription recipe, HoldoutKind kind, int seed) =>
        recipe.RecipeType != RecipeTypes.UserPersonalization
            ? new Holdout(data, ValidationSlice.Of(data.Interactions, kind, withRepeats: true, seed), countsShares: false)
            : DataHabit.Of(data.Interactions).Repeats >= LeastRepeats
                ? new Holdout(data, ValidationSlice.Of(data.Interactions, kind, withRepeats: true, seed), countsShares: kind is HoldoutKind.Newest)
                : new Holdout(data, ValidationSlice.Of(data.Interactions, kind, withRepeats: false, seed), countsShares: false);

    /// <summary>Gain of each held-out interaction times what it stands for, a mean of 0..1, shape [Count].</summary>
    public float[] Measure(ITrainedModel model, TrainingRun run)
    {
        var gains = new float[_slice.Cases.Count];
        var recommenders = new MeasuredRecommender?[run.Threads];
        Workers.ForBlocks(gains.Length, UsersPerBlock, run.Threads, (worker, from, to) =>
        {
            var recommender = recommenders[worker] ??= new MeasuredRecommender(model);
            for (var i = from; i < to; i++)
                gains[i] = _weights[i] * GainOf(recommender, _slice.Cases[i]);
        }, run.CancellationToken);
        return gains;
    }

    private float GainOf(MeasuredRecommender recommender, HeldOut held)
    {
        var (log, history) = (_slice.Log, _slice.HistoryOf(held));
        Span<int> best = stackalloc int[ListLength];
        best = best[..recommender.Recommend(history, best, log.ContextOf(held.Target))];
        var (gain, ideal, truth) = (0.0, 0.0, _slice.TruthOf(held));
        for (var i = 0; i < truth.Length; i++)
        {
            var rank = 1 + best.IndexOf(log.Items[truth[i]]);
            gain += rank == 0 ? 0 : log.WeightOf(truth[i]) / Math.Log2(1 + rank);
            ideal += i < ListLength ? 1 / Math.Log2(2 + i) : 0;
        }
        return (float)(gain / ideal);
    }
}
