using Kindred.Numerics.Threading;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tuning;

/// <summary>
/// What trials are compared by: users whose newest interaction no trial trains on. A trial's score is the mean NDCG@10 of that item in
/// the list that serving would show, 1/log2(1 + rank) for one relevant item.
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

    public static Holdout Of(TrainingSet data, RecipeDescription recipe, int seed) =>
        new(data, ValidationSlice.Of(data.Interactions, recipe.RecipeType != RecipeTypes.UserPersonalization, seed));

    /// <summary>Each held-out user's gain, 0..1, shape [Count].</summary>
    public float[] Measure(ITrainedModel model, TrainingRun run)
    {
        var gains = new float[_slice.Cases.Count];
        var recommenders = new Recommender?[run.Threads];
        Workers.ForBlocks(gains.Length, UsersPerBlock, run.Threads, (worker, from, to) =>
        {
            var recommender = recommenders[worker] ??= new Recommender(model);
            for (var i = from; i < to; i++)
                gains[i] = GainOf(recommender, _slice.Log, _slice.Cases[i]);
        }, run.CancellationToken);
        return gains;
    }

    private static float GainOf(Recommender recommender, InteractionLog log, HeldOut held)
    {
        var start = log.UserStarts[held.User];
        var history = new HistoryEvent[held.Target - start];
        log.CopyHistory(start, history);
        Span<int> best = stackalloc int[ListLength];
        var rank = 1 + best[..recommender.Recommend(history, best, log.ContextOf(held.Target))].IndexOf(log.Items[held.Target]);
        return rank == 0 ? 0 : (float)(log.WeightOf(held.Target) / Math.Log2(1 + rank));
    }
}
