using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;
using Kindred.Numerics.Threading;

namespace Kindred.Recipes.Evaluation;

/// <summary>
/// The research protocol: of each user one target item, ranked against the whole catalogue with everything else the user has
/// interacted with left out. NDCG@10 = 1/log2(1 + rank), HR@10 = share of targets in the first ten.
/// </summary>
public static class LeaveOneOut
{
    /// <summary>Splits off the newest interactions of each user with enough of them.</summary>
    /// <param name="log">All interactions.</param>
    /// <param name="heldOut">Newest interactions of each user that training does not see.</param>
    /// <returns>What is left to train on; users keep at least one interaction.</returns>
    public static InteractionLog Training(InteractionLog log, int heldOut)
    {
        var keep = new bool[log.Count];
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var count = log.InteractionsOf(user);
            keep.AsSpan(log.UserStarts[user], Math.Max(Math.Min(1, count), count - heldOut)).Fill(true);
        }
        return log.Where(keep);
    }

    /// <summary>The cases of the protocol: the newest interaction of every user with at least two.</summary>
    public static IReadOnlyList<LeaveOneOutCase> Cases(InteractionLog log)
    {
        var cases = new List<LeaveOneOutCase>();
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            if (log.InteractionsOf(user) >= 2)
                cases.Add(new LeaveOneOutCase(user, log.UserStarts[user + 1] - 1, log.Items[log.UserStarts[user + 1] - 1]));
        }
        return cases;
    }

    /// <summary>Ranks the targets.</summary>
    /// <param name="model">Its item codes are those of <paramref name="log"/>.</param>
    /// <param name="log">Holds the inputs: of each case the user's interactions before <see cref="LeaveOneOutCase.End"/>.</param>
    /// <param name="cases">The targets.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static LeaveOneOutResult Measure(ITrainedModel model, InteractionLog log, IReadOnlyList<LeaveOneOutCase> cases, TrainingRun run)
    {
        var ranks = new int[cases.Count];
        var scratches = new float[]?[run.Threads];
        Workers.ForBlocks(cases.Count, 16, run.Threads, (worker, from, to) =>
        {
            var scores = scratches[worker] ??= new float[model.Items.Count];
            for (var i = from; i < to; i++)
                ranks[i] = RankOf(model, log, cases[i], scores);
        }, run.CancellationToken);
        return LeaveOneOutResult.Of(ranks);
    }

    private static int RankOf(ITrainedModel model, InteractionLog log, LeaveOneOutCase held, float[] scores)
    {
        var start = log.UserStarts[held.User];
        var history = new HistoryEvent[held.End - start];
        log.CopyHistory(start, history);
        model.ScoreForUser(history, scores);
        foreach (var seen in history)
        {
            if (seen.Item != held.Target)
                scores[seen.Item] = float.NegativeInfinity;
        }
        var (target, rank) = (scores[held.Target], 1);
        for (var item = 0; item < scores.Length; item++)
        {
            if (scores[item] > target || (scores[item] == target && item < held.Target))
                rank++;
        }
        return rank;
    }
}
