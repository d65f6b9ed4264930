using Kindred.Numerics.Ranking;
using Kindred.Recipes;
using Kindred.Recipes.Catalog;

namespace Kindred.Lab.Recommendations;

/// <summary>Makes the list of one user after the other. One per thread.</summary>
/// <param name="model">The model.</param>
/// <param name="keepSeen">Whether items of the history may be recommended.</param>
/// <param name="context">In which everybody asks; null = nothing is known of it.</param>
internal sealed class ItemLists(ITrainedModel model, bool keepSeen, EventContext? context)
{
    private readonly float[] _scores = new float[model.Items.Count];
    private readonly ulong[] _excluded = new ulong[(model.Items.Count + 63) / 64];

    /// <summary>Writes the best items of the catalogue, best first; equal scores by ascending item code.</summary>
    /// <param name="user">UTF-8 of the user's id.</param>
    /// <param name="history">Oldest first.</param>
    /// <param name="best">Receives item codes.</param>
    /// <returns>How many there are.</returns>
    public int Recommend(ReadOnlySpan<byte> user, ReadOnlySpan<HistoryEvent> history, Span<int> best)
    {
        foreach (var seen in keepSeen ? [] : history)
            Mark(seen.Item, isExcluded: true);
        var count = model.Recipe.RecipeType == RecipeTypes.RelatedItems ? Relate(history, best) : Rank(user, history, best);
        foreach (var seen in history)
            Mark(seen.Item, isExcluded: false);
        foreach (var item in best[..count])
            Mark(item, isExcluded: false);
        return count;
    }

    /// <summary>Orders the known ones of the candidates, best first; equal scores in the order given.</summary>
    /// <param name="user">UTF-8 of the user's id.</param>
    /// <param name="history">Oldest first.</param>
    /// <param name="candidates">Item codes.</param>
    public int[] Order(ReadOnlySpan<byte> user, ReadOnlySpan<HistoryEvent> history, IEnumerable<int> candidates)
    {
        model.Score(new ScoreQuery { User = user, History = history, Context = context }, _scores);
        return [.. candidates.OrderByDescending(item => _scores[item])]; // stable
    }

    private int Rank(ReadOnlySpan<byte> user, ReadOnlySpan<HistoryEvent> history, Span<int> best)
    {
        model.Score(new ScoreQuery { User = user, History = history, Context = context }, _scores);
        return TopK.Select(_scores, _excluded, best);
    }

    /// <summary>Items related to the newest item that the model knows, then popular ones.</summary>
    private int Relate(ReadOnlySpan<HistoryEvent> history, Span<int> best)
    {
        var newest = history.Length - 1;
        while (newest >= 0 && (uint)history[newest].Item >= (uint)_scores.Length)
            newest--;
        var related = 0;
        if (newest >= 0)
        {
            Mark(history[newest].Item, isExcluded: true); // nothing is related to itself
            related = model.TryScoreRelated(new RelatedQuery(history[newest].Item), _scores) ? TopK.Select(_scores, _excluded, best) : 0;
        }
        if (related == best.Length)
            return related;
        foreach (var item in best[..related])
            Mark(item, isExcluded: true);
        model.ScoreUnrelated(_scores);
        return related + TopK.Select(_scores, _excluded, best[related..]);
    }

    private void Mark(int item, bool isExcluded)
    {
        if ((uint)item >= (uint)_scores.Length)
            return;
        if (isExcluded)
            _excluded[item >> 6] |= 1UL << (item & 63);
        else
            _excluded[item >> 6] &= ~(1UL << (item & 63));
    }
}
