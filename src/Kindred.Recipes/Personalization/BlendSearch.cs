using Kindred.Numerics.Threading;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Finds the blend that ranks the held-out items best: every single member, a coarse grid, then finer steps around the best.
/// A blend only displaces an earlier, simpler one by being strictly better, so the result is never worse there than the best member.
/// </summary>
internal static class BlendSearch
{
    private const int CoarseSteps = 4;
    private const int MaxRounds = 6;
    private static readonly float[] Popularities = [0, -0.2f, 0.2f, 0.5f];

    /// <summary>Popularity alone: what is used without anything to choose by.</summary>
    public static Blend PopularityAlone { get; } = new(new float[Mixture.Views.Length], 1);

    /// <param name="pool">What the members say about the held-out users.</param>
    /// <param name="usesRecency">Whether the views of the last steps and of the session take part.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static Blend Find(CandidatePool pool, bool usesRecency, TrainingRun run)
    {
        if (pool.UserCount == 0)
            return PopularityAlone;
        var best = Best(pool, [PopularityAlone, .. Singles(), .. Grid()], usesRecency, (PopularityAlone, -1), run);
        for (var (round, step) = (0, 0.5f / CoarseSteps); round < MaxRounds; round++)
        {
            var refined = Best(pool, Around(best.Blend, step), usesRecency, best, run);
            if (refined.Ndcg <= best.Ndcg)
                step /= 2;
            best = refined;
        }
        return best.Blend;
    }

    private static (Blend Blend, double Ndcg) Best(
        CandidatePool pool, IEnumerable<Blend> blends, bool usesRecency, (Blend Blend, double Ndcg) best, TrainingRun run)
    {
        var candidates = blends.Where(blend => usesRecency || (blend.Views[0] == 0 && blend.Views[1] == 0)).ToArray();
        var scores = new double[candidates.Length];
        Workers.ForBlocks(candidates.Length, 1, run.Threads, (_, from, _) => scores[from] = pool.Ndcg(candidates[from]), run.CancellationToken);
        for (var i = 0; i < candidates.Length; i++)
        {
            if (scores[i] > best.Ndcg)
                best = (candidates[i], scores[i]);
        }
        return best;
    }

    private static IEnumerable<Blend> Singles() => Enumerable.Range(0, Mixture.Views.Length).Select(view => Of(
        [.. Enumerable.Range(0, Mixture.Views.Length).Select(other => other == view ? 1f : 0f)], 0));

    private static IEnumerable<Blend> Grid() =>
        from a in Enumerable.Range(0, CoarseSteps + 1)
        from b in Enumerable.Range(0, CoarseSteps + 1 - a)
        from c in Enumerable.Range(0, CoarseSteps + 1 - a - b)
        from popularity in Popularities
        select Of([a, b, c, CoarseSteps - a - b - c], popularity);

    private static IEnumerable<Blend> Around(Blend centre, float step)
    {
        for (var view = 0; view < centre.Views.Length; view++)
        {
            foreach (var change in new[] { step, -step })
            {
                var views = (float[])centre.Views.Clone();
                views[view] = Math.Max(0, views[view] + change);
                if (views.Sum() > 0)
                    yield return Of(views, centre.Popularity);
            }
        }
        if (centre.Views.Sum() > 0)
        {
            yield return centre with { Popularity = centre.Popularity + step };
            yield return centre with { Popularity = Math.Max(-0.5f, centre.Popularity - step) };
        }
    }

    private static Blend Of(float[] views, float popularity)
    {
        var sum = views.Sum();
        return new Blend([.. views.Select(weight => weight / sum)], popularity);
    }
}
