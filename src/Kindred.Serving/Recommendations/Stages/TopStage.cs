using Kindred.Numerics.Ranking;
using Kindred.Serving.Items;

namespace Kindred.Serving.Recommendations.Stages;

/// <summary>
/// The best of the scored items. Where the scores do not say whether an item is met again, what the user has met comes after everything else: it
/// shows only when nothing else is left.
/// </summary>
internal static class TopStage
{
    private static readonly IReadOnlyList<string> Popular = ["Popular item"];

    public static void Run(RecommendationWork work)
    {
        var reason = work.IsFallback && work.Model.Recipe.IsV2 ? Popular : null;
        if (work.Model.Model.PlacesMetItems)
        {
            Add(work, work.Excluded, reason);
            return;
        }
        using var hidden = new ItemBits(work.Space.ModelItems);
        hidden.SetToEither(work.Excluded, work.Met);
        Add(work, hidden, reason);
        if (work.Places.Length == work.Query.Count || work.History.IsEmpty) return;
        hidden.SetToEitherNot(work.Excluded, work.Met);
        Add(work, hidden, reason: null);
    }

    private static void Add(RecommendationWork work, ItemBits hidden, IReadOnlyList<string>? reason)
    {
        Span<int> best = stackalloc int[Math.Min(work.Query.Count - work.Places.Length, RequestRules.MaxResults)];
        best = best[..TopK.Select(work.Scores, hidden.Words, best)];
        foreach (var item in best) work.Add(new Place(item, -1, work.PublishedScore(item), reason));
    }
}
