using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Numerics.Ranking;
using Kindred.Serving.Items;

namespace Kindred.Serving.Recommendations.Stages;

/// <summary>
/// Gives promoted items their share of the places. Which they are, the scores say, and the promotion's own filter; where they stand is chance,
/// the same for the same user, and among themselves they keep their order. Fewer than their share are shown when no more match.
/// </summary>
internal static class PromotionStage
{
    private static readonly IReadOnlyList<string> Promoted = ["Promoted item"];

    public static void Run(RecommendationWork work)
    {
        if (work.Query.Promotion is not { } promotion) return;
        var count = work.Query.Count;
        var wanted = (int)Math.Round(count * promotion.Percent / 100.0, MidpointRounding.AwayFromZero);
        Span<int> promoted = stackalloc int[Math.Min(wanted, RequestRules.MaxResults)];
        promoted = promoted[..Choose(work, promotion, promoted)];
        if (promoted.IsEmpty) return;

        Span<bool> isPromoted = stackalloc bool[Math.Min(count, RequestRules.MaxResults)];
        isPromoted = isPromoted[..Length(work, promoted, count)];
        ChoosePlaces(work, promoted.Length, isPromoted);
        var mixed = new PlaceList(count);
        var (next, other) = (0, 0);
        foreach (var isHere in isPromoted)
        {
            if (isHere) mixed.Add(PlaceOf(work, promoted[next++]));
            else
            {
                while (promoted.Contains(work.Places[other].Item)) other++;
                mixed.Add(work.Places[other++]);
            }
        }
        work.Replace(mixed);
    }

    /// <returns>How many items match, best first; those that the model does not know come last.</returns>
    private static int Choose(RecommendationWork work, RequestedPromotion promotion, Span<int> best)
    {
        using var hidden = new ItemBits(work.Space.Count);
        work.Query.BuiltIn?.Exclude(work, hidden);
        promotion.Filter.Exclude(work, hidden);
        if (work.SeedItem >= 0) hidden.Set(work.SeedItem);
        if (!work.Model.Model.PlacesMetItems)
        {
            for (var item = work.Met.Next(0); item >= 0 && item < work.Space.Count; item = work.Met.Next(item + 1)) hidden.Set(item);
        }
        var found = TopK.Select(work.Scores, hidden.Words, best);
        for (var item = work.Space.Count - 1; item >= work.Space.ModelItems && found < best.Length; item--)
        {
            if (!hidden[item]) best[found++] = item;
        }
        return found;
    }

    /// <returns>How long the answer is: no item stands in it twice.</returns>
    private static int Length(RecommendationWork work, ReadOnlySpan<int> promoted, int count)
    {
        var others = 0;
        foreach (var place in work.Places)
        {
            if (!promoted.Contains(place.Item)) others++;
        }
        return Math.Min(count, others + promoted.Length);
    }

    private static void ChoosePlaces(RecommendationWork work, int promoted, Span<bool> places)
    {
        var subject = work.Query.UserId ?? work.Query.ItemId ?? "";
        var random = new Random((int)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(subject.AsSpan())));
        // Selection sampling: every choice of so many places is as likely as any other.
        for (var (place, left) = (0, promoted); left > 0; place++)
        {
            if (random.Next(places.Length - place) >= left) continue;
            places[place] = true;
            left--;
        }
    }

    private static Place PlaceOf(RecommendationWork work, int item)
    {
        double? score = !work.Model.Model.HasScores ? null : item < work.Space.ModelItems ? work.PublishedScore(item) : 0;
        return new Place(item, -1, score, work.Model.Recipe.IsV2 ? Promoted : null, IsPromoted: true);
    }
}
