using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Evaluation.Protocols;

/// <summary>One user in ten is never trained on; their first events are revealed, and the next item is to be found.</summary>
/// <param name="fromNothing">Whether the first item of all is to be found as well, which only what is known about users can tell.</param>
public sealed class ColdUsersProtocol(bool fromNothing = false) : IProtocol
{
    private const int Least = 1;
    private readonly int[] _revealed = fromNothing ? [0, Least, 5, 10] : [Least, 5, 10];

    public string Name => "cold-users";
    public string Description =>
        $"one user in ten is never trained on; after their first {(fromNothing ? "0, " : "")}1, 5 and 10 events the next item is to be found";

    public EvaluationPlan Plan(InteractionLog log, int seed, int maxCases)
    {
        var able = Enumerable.Range(0, log.UserIds.Count).Where(user => log.InteractionsOf(user) > Least).ToList();
        var cold = Draw.Some(able, Math.Min(maxCases, (able.Count + 9) / 10), seed);
        var keep = new bool[log.Count];
        Array.Fill(keep, true);
        foreach (var user in cold)
            keep.AsSpan(log.UserStarts[user]..log.UserStarts[user + 1]).Clear();
        return new EvaluationPlan(log.Where(keep), log, [.. _revealed.Select(count => SliceOf(log, cold, count))]);
    }

    private static TestSlice SliceOf(InteractionLog log, int[] users, int revealed) => new(
        revealed == 0 ? "before any event" : $"after {revealed} event{(revealed == 1 ? "" : "s")}",
        [
            .. users.Where(user => log.InteractionsOf(user) > revealed).Select(user => new TestCase(
                log.UserStarts[user], log.UserStarts[user] + revealed,
                [log.Items[log.UserStarts[user] + revealed]]) { Asked = log.UserStarts[user] + revealed }),
        ]);
}
