using Kindred.Numerics.Threading;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
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
    private readonly ValidationSlice _slice;

    private Holdout(TrainingSet data, ValidationSlice slice) => (_slice, Training) = (slice, data.With(slice.Training));

    /// <summary>What trials train on.</summary>
    public TrainingSet Training { get; }

    public int Count => _slice.Cases.Count;

    public static Holdout Of(TrainingSet data, RecipeDescription recipe, HoldoutKind kind, int seed) =>
        new(data, ValidationSlice.Of(data.Interactions, kind, recipe.RecipeType != RecipeTypes.UserPersonalization, seed));

    /// <summary>Gain of each held-out interaction, 0..1, shape [Count].</summary>
    public float[] Measure(ITrainedModel model, TrainingRun run)
    {
        var gains = new float[_slice.Cases.Count];
        var recommenders = new MeasuredRecommender?[run.Threads];
        Workers.ForBlocks(gains.Length, UsersPerBlock, run.Threads, (worker, from, to) =>
        {
            var recommender = recommenders[worker] ??= new MeasuredRecommender(model);
            for (var i = from; i < to; i++)
                gains[i] = GainOf(recommender, _slice.Cases[i]);
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
