using Kindred.Numerics.Threading;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Members;

/// <summary>
/// Finds how sessions are best compared on this data: whether what came before the matched item says as much as what came after, how fast
/// a step fades, how near an item must stand. One setting after the other, by NDCG@10 of held-out newest steps.
/// </summary>
internal static class SessionNeighboursSearch
{
    private const int MaxCases = 600;
    private const int LeastCases = 50;
    private const long MaxScores = 200_000_000; // cases x items of one measurement
    private const int CasesPerBlock = 16;

    private static readonly Func<SessionNeighboursOptions, SessionNeighboursOptions[]>[] Changes =
    [
        options => [.. new[] { 1, 0.5, 0.2 }.Select(weight => options with { Backward = weight })],
        options => [options with { Steps = 20, Decay = 0.8 }, options with { Steps = 50, Decay = 0.9 }],
        options => [.. new[] { 0.5, 1.0 }.Select(power => options with { DistancePower = power })],
        options => [options with { LengthPower = options.LengthPower == 0 ? 0.5 : 0 }],
    ];

    /// <param name="data">What the member will be trained on.</param>
    /// <param name="start">Kept where there is too little to choose by, and wherever no change is strictly better.</param>
    /// <param name="run">Seed of the held-out users, threads and cancellation.</param>
    public static SessionNeighboursOptions Choose(TrainingSet data, SessionNeighboursOptions start, TrainingRun run)
    {
        var slice = ValidationSlice.Of(data.Interactions, HoldoutKind.Newest, withRepeats: false, run.Seed);
        var most = (int)Math.Min(MaxCases, MaxScores / Math.Max(1, data.Interactions.ItemIds.Count));
        if (Math.Min(most, slice.Cases.Count) < LeastCases)
            return start;
        var step = Math.Max(1, slice.Cases.Count / most);
        var cases = slice.Cases.Where((_, i) => i % step == 0).Take(most).ToArray();
        var logShares = ItemPopularity.LogShares(ItemPopularity.CountUsers(slice.Training));
        var member = SessionNeighbours.Train(data.With(slice.Training), start, run.Part(0, 0.3));
        var best = (Options: start, Ndcg: Ndcg(member, slice, cases, logShares, run));
        foreach (var change in Changes)
        {
            foreach (var options in change(best.Options))
            {
                if (options != best.Options && Ndcg(member.With(options), slice, cases, logShares, run) is var ndcg && ndcg > best.Ndcg)
                    best = (options, ndcg);
            }
        }
        return best.Options;
    }

    private static double Ndcg(
        SessionNeighbours member, ValidationSlice slice, HeldOut[] cases, float[] logShares, TrainingRun run)
    {
        var (log, ranks, inverseShares) = (slice.Log, new int[cases.Length], ItemPopularity.InverseShares(logShares));
        var scratches = new float[]?[run.Threads];
        Workers.ForBlocks(cases.Length, CasesPerBlock, run.Threads, (worker, from, to) =>
        {
            var scores = scratches[worker] ??= new float[member.ItemCount];
            for (var i = from; i < to; i++)
            {
                var history = slice.HistoryOf(cases[i]);
                logShares.CopyTo(scores, 0);
                member.AddLogOdds(history, inverseShares, 1, scores);
                foreach (var seen in history)
                    scores[seen.Item] = float.NegativeInfinity;
                var target = scores[log.Items[cases[i].Target]];
                ranks[i] = 1;
                foreach (var score in scores)
                    ranks[i] += score > target ? 1 : 0;
            }
        }, run.CancellationToken);
        return LeaveOneOutResult.Of(ranks).Ndcg10;
    }
}
