using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Members;

/// <summary>
/// What users did in one go, in the order in which the sessions ended: each session's different items, in the order of their first
/// appearance in it. Sessions of one item tell nothing about what goes with what and are left out.
/// </summary>
/// <param name="Starts">Where each session begins, shape [sessions + 1].</param>
/// <param name="Items">Items of all sessions, session after session.</param>
/// <param name="Weights">Largest weight of the session's events with each item, as long as <paramref name="Items"/>; empty = 1 each.</param>
internal sealed record SessionRows(int[] Starts, int[] Items, float[] Weights)
{
    public int Count => Starts.Length - 1;

    /// <param name="log">The interactions.</param>
    /// <param name="gapSeconds">A longer pause begins a session; null = a user's history is one.</param>
    /// <param name="maxItems">A session that reaches this many different items ends, and the next event begins another.</param>
    public static SessionRows Of(InteractionLog log, long? gapSeconds, int maxItems)
    {
        var found = new List<(long End, int Start, int Count)>();
        var items = new List<int>();
        var weights = log.TypeWeights.ContainsAnyExcept(1f) ? new List<float>() : null;
        var place = new int[log.ItemIds.Count]; // 1 + where the current session has the item; stale when before its start
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var start = items.Count;
            for (var i = log.UserStarts[user]; i < log.UserStarts[user + 1]; i++)
            {
                var isFirst = i == log.UserStarts[user];
                if (!isFirst && (items.Count - start >= maxItems || log.Timestamps[i] - log.Timestamps[i - 1] > gapSeconds))
                    start = End(found, items, weights, start, log.Timestamps[i - 1]);
                var item = log.Items[i];
                if (place[item] <= start)
                {
                    items.Add(item);
                    weights?.Add(log.WeightOf(i));
                    place[item] = items.Count;
                }
                else if (weights is not null)
                {
                    weights[place[item] - 1] = Math.Max(weights[place[item] - 1], log.WeightOf(i));
                }
            }
            if (items.Count > start)
                End(found, items, weights, start, log.Timestamps[log.UserStarts[user + 1] - 1]);
        }
        found.Sort(); // by end, then by place: a total order
        return Arrange(found, items, weights);
    }

    private static int End(List<(long End, int Start, int Count)> found, List<int> items, List<float>? weights, int start, long time)
    {
        if (items.Count - start >= 2)
        {
            found.Add((time, start, items.Count - start));
        }
        else
        {
            items.RemoveRange(start, items.Count - start);
            weights?.RemoveRange(start, weights.Count - start);
        }
        return items.Count;
    }

    private static SessionRows Arrange(List<(long End, int Start, int Count)> found, List<int> items, List<float>? weights)
    {
        var starts = new int[found.Count + 1];
        var arranged = new int[items.Count];
        var arrangedWeights = weights is null ? [] : new float[items.Count];
        for (var session = 0; session < found.Count; session++)
        {
            var (_, start, count) = found[session];
            items.CopyTo(start, arranged, starts[session], count);
            weights?.CopyTo(start, arrangedWeights, starts[session], count);
            starts[session + 1] = starts[session] + count;
        }
        return new SessionRows(starts, arranged, arrangedWeights);
    }
}
