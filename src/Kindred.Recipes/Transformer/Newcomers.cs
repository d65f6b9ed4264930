using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Transformer;

/// <summary>Tells whether what is known about users says more about their first step than popularity does.</summary>
internal static class Newcomers
{
    /// <summary>Standard errors by which it must be better: popularity is what everybody expects a stranger to get.</summary>
    private const double LeastAdvantage = 1;

    /// <param name="log">Interactions.</param>
    /// <param name="users">Users, some of whose first steps were not learned from.</param>
    /// <param name="layout">Shape of the network.</param>
    /// <param name="weights">In the order of the layout.</param>
    /// <param name="vectors">Item vectors.</param>
    /// <param name="logShares">Popularity.</param>
    public static bool AreServedBetter(
        InteractionLog log, LearnedUsers users, WeightLayout layout,
        ReadOnlySpan<float> weights, ReadOnlySpan<float> vectors, ReadOnlySpan<float> logShares)
    {
        var cases = users.Newcomers;
        if (cases.Count == 0)
            return false;
        var (byAttributes, byPopularity) = (new float[cases.Count], new float[cases.Count]);
        var (scratch, scores) = (new ServingScratch(layout, users.Features), new float[log.ItemIds.Count]);
        foreach (var (place, user) in cases.Index())
        {
            var first = log.Items[log.UserStarts[user]];
            scratch.Steps.Truncate(0);
            SequenceTransformer.Score(layout, weights, null, vectors, scratch, user, scores);
            (byAttributes[place], byPopularity[place]) = (GainOf(first, scores), GainOf(first, logShares));
        }
        return PairedDifference.InStandardErrors(byAttributes, byPopularity) > LeastAdvantage;
    }

    /// <summary>1/log2(1 + rank): without a cut, so that a user says something also where the item is not among the best.</summary>
    private static float GainOf(int item, ReadOnlySpan<float> scores)
    {
        var rank = 1;
        for (var other = 0; other < scores.Length; other++)
            rank += scores[other] > scores[item] || (scores[other] == scores[item] && other < item) ? 1 : 0;
        return 1 / MathF.Log2(1 + rank);
    }
}
