using System.Buffers;
using Kindred.Numerics.Ranking;
using Kindred.Serving.Items;
using Kindred.Serving.Records;

namespace Kindred.Serving.Recommendations.Stages;

/// <summary>
/// Fills up a list of related items that comes short, because the item was met too seldom to have many relations, or is new: by the
/// categories that items share with it, and among equals by popularity. Other lists that a filter leaves short are filled up by items that the
/// model does not know.
/// </summary>
internal static class FillStage
{
    /// <summary>So many of the most popular items are looked at for their categories: the work does not grow with the catalogue.</summary>
    private const int MostCompared = 1_024;

    public static void Run(RecommendationWork work)
    {
        if (work.Places.Length == work.Query.Count) return;
        if (!work.IsRelated)
        {
            if (work.Query.Filter is not null) AddUnscored(work);
            return;
        }
        work.Model.Model.ScoreUnrelated(work.Scores);
        using var hidden = new ItemBits(work.Space.ModelItems);
        hidden.SetToEither(work.Excluded, work.Met);
        foreach (var place in work.Places) hidden.Set(place.Item);
        var shared = SharedCategories.Of(work);
        var wanted = work.Query.Count - work.Places.Length;
        var room = ArrayPool<int>.Shared.Rent(shared is null ? wanted : MostCompared);
        try
        {
            var items = room.AsSpan(0, shared is null ? wanted : MostCompared);
            items = items[..TopK.Select(work.Scores, hidden.Words, items)];
            if (shared is not null) Order(items, shared);
            double? score = work.Model.Model.HasScores ? 0 : null;
            foreach (var item in items[..Math.Min(wanted, items.Length)]) work.Add(new Place(item, -1, score, null));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(room);
        }
    }

    /// <summary>A filter may leave few of the items that the model knows: then those follow that it does not know, the last put first.</summary>
    private static void AddUnscored(RecommendationWork work)
    {
        AddUnscored(work, met: false);
        AddUnscored(work, met: true);
    }

    private static void AddUnscored(RecommendationWork work, bool met)
    {
        double? score = work.Model.Model.HasScores ? 0 : null;
        for (var item = work.Space.Count - 1; item >= work.Space.ModelItems && work.Places.Length < work.Query.Count; item--)
        {
            if (work.Met[item] == met && !work.Excluded[item] && !work.Explored.Contains(item)) work.Add(new Place(item, -1, score, null));
        }
    }

    /// <summary>By what they share; those that share as much stay in their order.</summary>
    private static void Order(Span<int> items, SharedCategories shared)
    {
        var room = ArrayPool<long>.Shared.Rent(items.Length);
        var keys = room.AsSpan(0, items.Length);
        for (var i = 0; i < keys.Length; i++) keys[i] = ((long)-shared.Count(items[i]) << 32) + i;
        MemoryExtensions.Sort(keys, items);
        ArrayPool<long>.Shared.Return(room);
    }
}
