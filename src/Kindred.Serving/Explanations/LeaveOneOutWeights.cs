using System.Buffers;
using Kindred.Recipes;
using Kindred.Serving.Recommendations;

namespace Kindred.Serving.Explanations;

/// <summary>
/// What each of a user's newest items has to do with their recommendations: the whole model is asked again without it. That holds for any
/// model, whatever it looks at, and costs a scoring for each item that is left out.
/// </summary>
internal static class LeaveOneOutWeights
{
    /// <summary>Different items that are left out, the newest: further back little is left of an influence.</summary>
    public const int MostItems = 12;

    /// <param name="work">With its history read and its items scored.</param>
    /// <param name="items">Codes of the items to be explained.</param>
    /// <returns>Codes of the past items that were left out, and the weight of each for each item, shape [past items][items].</returns>
    public static (int[] PastItems, double[][] Weights) Compute(RecommendationWork work, ReadOnlySpan<int> items, CancellationToken cancellationToken)
    {
        var (past, logSum) = (Newest(work.History), work.Summary.LogSumOver(work.Scores));
        var weights = new double[past.Length][];
        var scores = ArrayPool<float>.Shared.Rent(work.Scores.Length);
        var rest = ArrayPool<HistoryEvent>.Shared.Rent(Math.Max(1, work.History.Length));
        try
        {
            for (var i = 0; i < past.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = 0;
                foreach (var e in work.History)
                {
                    if (e.Item != past[i]) rest[count++] = e;
                }
                var query = new ScoreQuery { User = work.User, History = rest.AsSpan(0, count), Context = work.Query.Context };
                var without = scores.AsSpan(0, work.Scores.Length);
                var logSumWithout = work.Model.Model.Score(query, without).LogSumOver(without);
                weights[i] = new double[items.Length];
                for (var j = 0; j < items.Length; j++)
                    weights[i][j] = (work.Scores[items[j]] - logSum) - (without[items[j]] - logSumWithout);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
            ArrayPool<HistoryEvent>.Shared.Return(rest);
        }
        return (past, weights);
    }

    private static int[] Newest(ReadOnlySpan<HistoryEvent> history)
    {
        var found = new List<int>(MostItems);
        for (var i = history.Length - 1; i >= 0 && found.Count < MostItems; i--)
        {
            if (history[i].Item >= 0 && !found.Contains(history[i].Item)) found.Add(history[i].Item);
        }
        return [.. found];
    }
}
