using System.Buffers;
using System.Text;
using Kindred.Numerics.Ranking;
using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Exploration;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Serving.Models;

namespace Kindred.Serving.Recommendations;

/// <summary>Makes the list of one GetRecommendations request from an open model and an open group. Computes only.</summary>
internal static class ItemList
{
    private const string Explored = "Exploration";
    private const string Popular = "Popular item";

    /// <param name="influence">The campaign's <c>rankingInfluence</c>, for related items.</param>
    /// <param name="userId">A user, an anonymous session, or null where the recipe needs none.</param>
    /// <param name="itemId">The item to relate to, or null where the recipe needs none.</param>
    /// <param name="context">What is known of the event to come; null = nothing.</param>
    /// <param name="count">Items wanted; fewer when there are no more.</param>
    /// <param name="now">For the age of new items.</param>
    public static RankedItem[] Make(
        OpenModel model, GroupView group, ExplorationSettings exploration, IReadOnlyDictionary<string, double> influence, string? userId, string? itemId,
        EventContext? context, int count, DateTimeOffset now)
    {
        var items = model.Model.Items.Count;
        var buffer = ArrayPool<float>.Shared.Rent(items);
        try
        {
            var scores = buffer.AsSpan(0, items);
            return model.Recipe.RecipeType switch
            {
                RecipeTypes.RelatedItems => Related(model, influence, itemId!, count, scores),
                RecipeTypes.PopularItems => Best(model, ForNobody(model, scores), default, [], count),
                _ => Personal(model, group, exploration, userId!, context, count, now, scores),
            };
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private static RankedItem[] Related(OpenModel model, IReadOnlyDictionary<string, double> influence, string itemId, int count, Span<float> scores)
    {
        var item = model.FindItem(itemId);
        if (item < 0 || !TryRelate(model.Model, influence, item, scores)) ForNobody(model, scores);
        using var excluded = new ItemBits(scores.Length);
        if (item >= 0) excluded.Set(item);
        return Best(model, scores, default, excluded.Words, count);
    }

    private static bool TryRelate(ITrainedModel model, IReadOnlyDictionary<string, double> influence, int item, Span<float> scores) =>
        model.TryScoreRelated(new RelatedQuery(item)
        {
            PopularityInfluence = (float)influence.GetValueOrDefault("POPULARITY"),
            FreshnessInfluence = (float)influence.GetValueOrDefault("FRESHNESS"),
        }, scores);

    private static RankedItem[] Personal(
        OpenModel model, GroupView group, ExplorationSettings exploration, string userId, EventContext? context, int count, DateTimeOffset now, Span<float> scores)
    {
        var newItems = exploration.Weight > 0 ? model.NewItemsOf(group) : null;
        var met = newItems is { Count: > 0 } ? new HashSet<string>(StringComparer.Ordinal) : null;
        var rented = ArrayPool<HistoryEvent>.Shared.Rent(UserHistories.MaxEvents);
        try
        {
            var history = rented.AsSpan(0, UserHistories.Read(group, model, userId, rented, met));
            var user = Encoding.UTF8.GetBytes(userId);
            var summary = model.Model.Score(new ScoreQuery { User = user, History = history, Context = context }, scores);
            var isPopular = history.IsEmpty && model.Recipe.IsV2 && !model.Model.KnowsUser(user);
            var familiar = Unseen(model, history, scores, summary, count, reason: isPopular ? Popular : null);
            if (met is null) return familiar;

            var since = (now - exploration.AgeCutOff).ToUnixTimeSeconds();
            var explored = newItems!.Rank(group, model, userId, history, met, since, (int)Math.Ceiling(exploration.Weight * count));
            return explored.Count == 0 ? familiar : Blend(model, Except(familiar, explored), explored, exploration.Weight, count);
        }
        finally
        {
            ArrayPool<HistoryEvent>.Shared.Return(rented);
        }
    }

    /// <summary>What the user has already met comes after everything else: it shows only when nothing else is left.</summary>
    private static RankedItem[] Unseen(OpenModel model, ReadOnlySpan<HistoryEvent> history, Span<float> scores, ScoreSummary summary, int count, string? reason)
    {
        using var seen = new ItemBits(scores.Length);
        var seenCount = 0;
        foreach (var e in history)
        {
            if (seen.Set(e.Item)) seenCount++;
        }
        var unseen = Best(model, scores, summary, seen.Words, count, reason);
        if (unseen.Length == count || seenCount == 0) return unseen;

        var unseenBits = new ItemBits(scores.Length);
        using (unseenBits)
        {
            for (var item = 0; item < scores.Length; item++)
            {
                if ((seen.Words[item >> 6] >> (item & 63) & 1) == 0) unseenBits.Set(item);
            }
            return [.. unseen, .. Best(model, scores, summary, unseenBits.Words, count - unseen.Length)];
        }
    }

    /// <summary>The best of the scored items, with the score that the recipe publishes: its softmax over all items.</summary>
    private static RankedItem[] Best(
        OpenModel model, ReadOnlySpan<float> scores, ScoreSummary summary, ReadOnlySpan<ulong> excluded, int count, string? reason = null)
    {
        Span<int> best = stackalloc int[Math.Min(count, RequestRules.MaxResults)];
        best = best[..TopK.Select(scores, excluded, best)];
        var logSum = model.Model.HasScores ? summary.LogSumOver(scores) : 0;
        var ranked = new RankedItem[best.Length];
        for (var place = 0; place < ranked.Length; place++)
        {
            double? score = model.Model.HasScores ? Math.Exp(scores[best[place]] - logSum) : null;
            ranked[place] = new RankedItem(model.Model.Items[best[place]], score, reason);
        }
        return ranked;
    }

    /// <summary>A new item may also be scored, by its metadata: it is shown once, as an exploration.</summary>
    private static RankedItem[] Except(RankedItem[] familiar, IReadOnlyList<string> explored) =>
        [.. familiar.Where(item => !explored.Contains(item.ItemId))];

    /// <summary>
    /// Spreads the explored items evenly: after every place, their share so far is the weight rounded down, so a small
    /// list is not led by them. A score of 0 says that the model did not score them.
    /// </summary>
    internal static RankedItem[] Blend(OpenModel model, RankedItem[] familiar, IReadOnlyList<string> explored, double weight, int count)
    {
        var blended = new List<RankedItem>(count);
        var (f, e) = (0, 0);
        while (blended.Count < count && (f < familiar.Length || e < explored.Count))
        {
            var isDue = e < explored.Count && (int)((blended.Count + 1) * weight) > e;
            if (isDue || f == familiar.Length)
            {
                if (e == explored.Count) break;
                blended.Add(new RankedItem(explored[e++], model.Model.HasScores ? 0 : null, model.Recipe.IsV2 ? Explored : null));
            }
            else
            {
                blended.Add(familiar[f++]);
            }
        }
        return [.. blended];
    }

    private static Span<float> ForNobody(OpenModel model, Span<float> scores)
    {
        model.Model.Score(default, scores);
        return scores;
    }
}
