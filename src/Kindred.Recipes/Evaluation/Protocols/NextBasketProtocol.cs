using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Evaluation.Protocols;

/// <summary>
/// The protocol of next-basket recommendation (Li et al., <i>A next basket recommendation reality check</i>, TOIS 2023): of each user the last
/// basket is to be found, all of it, among all items, those bought before included. Training sees what came before.
/// </summary>
public sealed class NextBasketProtocol : IProtocol
{
    public string Name => "next-basket";
    public string Description => "each user's last basket (the interactions of their last visit) is to be found, items met before included";

    public EvaluationPlan Plan(InteractionLog log, int seed, int maxCases)
    {
        var (cases, keep, alone) = (new List<TestCase>(), new bool[log.Count], 0);
        Array.Fill(keep, true);
        var (items, repeats) = (0, 0);
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var (start, end) = (log.UserStarts[user], log.UserStarts[user + 1]);
            if (start == end)
                continue;
            var basket = Baskets.StartOf(log, user, end);
            if (basket == start)
            {
                alone++;
                continue;
            }
            int[] truth = [.. log.Items[basket..end].ToArray().Distinct()];
            cases.Add(new TestCase(start, basket, truth) { Asked = basket });
            keep.AsSpan(basket..end).Clear();
            var met = log.Items[start..basket].ToArray().ToHashSet();
            (items, repeats) = (items + truth.Length, repeats + truth.Count(met.Contains));
        }
        return new EvaluationPlan(log.Where(keep), log, [new TestSlice("test users", Draw.Some(cases, maxCases, seed))])
        {
            Notes = [.. Notes(log, alone, cases.Count, items, repeats)],
        };
    }

    private static IEnumerable<string> Notes(InteractionLog log, int alone, int baskets, int items, int repeats)
    {
        if (items > 0)
            yield return FormattableString.Invariant(
                $"A basket to be found holds {(double)items / baskets:F1} items; {100.0 * repeats / items:F1} % of them were met before.");
        if (alone > 0)
            yield return FormattableString.Invariant(
                $"{alone:N0} {(alone == 1 ? "user has" : "users have")} a single basket, which trains but cannot be tested.");
        if (!Baskets.Are(log))
            yield return "Most interactions of this data do not share their time with others: many of the baskets are single interactions.";
    }
}
