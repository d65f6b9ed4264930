using System.Buffers;
using System.Text;
using Kindred.Numerics.Probability;
using Kindred.Recipes;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Serving.Models;

namespace Kindred.Serving.Recommendations;

/// <summary>Puts the list of one GetPersonalizedRanking request into the user's order. Computes only.</summary>
internal static class Ranking
{
    /// <param name="context">What is known of the event to come; null = nothing.</param>
    /// <param name="inputs">Items in any order; one that comes twice is ranked once.</param>
    /// <returns>Best first, with the softmax over the known inputs as score; then the items that the model does not know, in the order of the input, with score 0.</returns>
    public static RankedItem[] Make(OpenModel model, GroupView group, string userId, EventContext? context, IReadOnlyList<string> inputs)
    {
        var (known, unknown) = Split(model, inputs);
        var rented = ArrayPool<HistoryEvent>.Shared.Rent(UserHistories.MaxEvents);
        var buffer = ArrayPool<float>.Shared.Rent(model.Model.Items.Count);
        try
        {
            var history = rented.AsSpan(0, UserHistories.Read(group, model, userId, rented));
            var scores = buffer.AsSpan(0, model.Model.Items.Count);
            model.Model.Score(new ScoreQuery { User = Encoding.UTF8.GetBytes(userId), History = history, Context = context }, scores);

            var ranked = new RankedItem[known.Count + unknown.Count];
            var own = new float[known.Count];
            for (var i = 0; i < own.Length; i++) own[i] = -scores[known[i].Item]; // negated, so that an ascending sort puts the best first
            var order = new int[own.Length];
            for (var i = 0; i < order.Length; i++) order[i] = i;
            Array.Sort(own, order);
            // Array.Sort is not stable; equals keep the caller's order.
            for (var start = 0; start < own.Length;)
            {
                var end = start + 1;
                while (end < own.Length && own[end] == own[start]) end++;
                Array.Sort(order, start, end - start);
                start = end;
            }
            for (var i = 0; i < own.Length; i++) own[i] = -own[i];
            Softmax.Compute(own, own);
            for (var i = 0; i < order.Length; i++) ranked[i] = new RankedItem(known[order[i]].Id, own[i], null);
            for (var i = 0; i < unknown.Count; i++) ranked[known.Count + i] = new RankedItem(unknown[i], 0, null);
            return ranked;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
            ArrayPool<HistoryEvent>.Shared.Return(rented);
        }
    }

    private static (List<(int Item, string Id)> Known, List<string> Unknown) Split(OpenModel model, IReadOnlyList<string> inputs)
    {
        var taken = new HashSet<string>(inputs.Count, StringComparer.Ordinal);
        var known = new List<(int, string)>(inputs.Count);
        var unknown = new List<string>();
        foreach (var id in inputs)
        {
            if (!taken.Add(id)) continue;
            var item = model.FindItem(id);
            if (item >= 0) known.Add((item, id));
            else unknown.Add(id);
        }
        return (known, unknown);
    }
}
