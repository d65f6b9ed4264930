using Kindred.Numerics.Ranking;
using Kindred.Recipes.Catalog;

namespace Kindred.Recipes.Evaluation;

/// <summary>What a user would be shown, for measuring: the model's ranking under the rules of serving. One per thread.</summary>
/// <remarks>
/// Where the scores of user personalisation do not place items that the user has already interacted with, these come after all others.
/// Related items are those of the newest item, which itself is never shown, filled up with popular ones; an unknown item gets popular
/// ones alone. Popular items and rankings are shown as scored.
/// </remarks>
public sealed class MeasuredRecommender(ITrainedModel model)
{
    private readonly float[] _scores = new float[model.Items.Count];
    private readonly ulong[] _excluded = new ulong[(model.Items.Count + 63) / 64];

    /// <summary>Writes the best items for a history, best first.</summary>
    /// <param name="history">Oldest first.</param>
    /// <param name="best">Receives item codes; its length is the most that are wanted.</param>
    /// <param name="context">What is known of the event to come; null = nothing.</param>
    /// <returns>How many were found.</returns>
    public int Recommend(ReadOnlySpan<HistoryEvent> history, Span<int> best, EventContext? context = null) => model.Recipe.RecipeType switch
    {
        RecipeTypes.RelatedItems => Relate(history, best),
        RecipeTypes.UserPersonalization when !model.PlacesMetItems => Personalize(history, context, best),
        _ => Rank(history, context, best),
    };

    private int Personalize(ReadOnlySpan<HistoryEvent> history, EventContext? context, Span<int> best)
    {
        model.Score(new ScoreQuery { History = history, Context = context }, _scores);
        Exclude(history);
        var fresh = TopK.Select(_scores, _excluded, best);
        Include(history);
        if (fresh == best.Length || history.IsEmpty)
            return fresh;
        // All others are shown; what is left goes to the seen ones, in their order.
        foreach (var item in best[..fresh])
            _excluded[item >> 6] |= 1UL << (item & 63);
        var seen = TopK.Select(_scores, _excluded, best[fresh..]);
        foreach (var item in best[..fresh])
            _excluded[item >> 6] = 0;
        return fresh + seen;
    }

    private int Relate(ReadOnlySpan<HistoryEvent> history, Span<int> best)
    {
        var seed = history.IsEmpty || (uint)history[^1].Item >= (uint)model.Items.Count ? -1 : history[^1].Item;
        if (seed >= 0)
            Exclude(history[^1..]);
        var related = seed >= 0 && model.TryScoreRelated(new RelatedQuery(seed), _scores) ? TopK.Select(_scores, _excluded, best) : 0;
        if (related < best.Length)
            related += Fill(best[..related], best[related..]);
        if (seed >= 0)
            Include(history[^1..]);
        return related;
    }

    /// <summary>What lists of related items are filled up with.</summary>
    private int Fill(ReadOnlySpan<int> related, Span<int> best)
    {
        foreach (var item in related)
            _excluded[item >> 6] |= 1UL << (item & 63);
        model.ScoreUnrelated(_scores);
        var found = TopK.Select(_scores, _excluded, best);
        foreach (var item in related)
            _excluded[item >> 6] &= ~(1UL << (item & 63));
        return found;
    }

    private int Rank(ReadOnlySpan<HistoryEvent> history, EventContext? context, Span<int> best)
    {
        model.Score(new ScoreQuery { History = history, Context = context }, _scores);
        return TopK.Select(_scores, [], best);
    }

    private void Exclude(ReadOnlySpan<HistoryEvent> history)
    {
        foreach (var seen in history)
        {
            if ((uint)seen.Item < (uint)_scores.Length)
                _excluded[seen.Item >> 6] |= 1UL << (seen.Item & 63);
        }
    }

    private void Include(ReadOnlySpan<HistoryEvent> history)
    {
        foreach (var seen in history)
        {
            if ((uint)seen.Item < (uint)_scores.Length)
                _excluded[seen.Item >> 6] = 0;
        }
    }
}
