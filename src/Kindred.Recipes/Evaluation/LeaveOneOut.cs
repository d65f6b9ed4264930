using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

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
        var slice = new TestSlice(
            "test users", [.. cases.Select(held => new TestCase(log.UserStarts[held.User], held.End, [held.Target]) { Asked = held.End })]);
        var ranked = FullRanking.Measure(model, log, slice, keepSeen: false, run with { Progress = null });
        return LeaveOneOutResult.Of([.. ranked.Ranks.Select(ranks => ranks[0])]);
    }
}
