namespace Kindred.Recipes.Interactions;

/// <summary>
/// Interactions that were recorded a basket at a time. A basket is a set: its rows have one time, so none of them came before another, and
/// what is asked for is all of the next one.
/// </summary>
public static class Baskets
{
    /// <summary>
    /// Rows of one user that are nearer to each other are of one basket, seconds. Whoever rates films one after the other also has rows of one
    /// second, but the next are seconds away; the next purchase is hours or days away.
    /// </summary>
    public const long Pause = 3600;

    /// <summary>Share of the times of users that several items share, and of the pauses that are that long, from which on rows are baskets.</summary>
    private const double LeastShare = 0.5;

    /// <summary>Whether most rows of a user share their time with rows of other items, and the times of a user lie far apart.</summary>
    public static bool Are(InteractionLog log)
    {
        var (moments, withSeveral, pauses, longPauses) = (0L, 0L, 0L, 0L);
        var items = log.Items;
        var times = log.Timestamps;
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var end = log.UserStarts[user + 1];
            for (int from = log.UserStarts[user], to; from < end; from = to)
            {
                for (to = from + 1; to < end && times[to] == times[from]; to++) { }
                moments++;
                withSeveral += items[from..to].ContainsAnyExcept(items[from]) ? 1 : 0;
                if (to == end)
                    continue;
                pauses++;
                longPauses += times[to] - times[from] >= Pause ? 1 : 0;
            }
        }
        return pauses > 0 && withSeveral > LeastShare * moments && longPauses > LeastShare * pauses;
    }

    /// <summary>Where the last basket begins of the user's interactions before <paramref name="end"/>, of which there is at least one.</summary>
    /// <param name="log">The interactions.</param>
    /// <param name="user">User code.</param>
    /// <param name="end">Position after the basket.</param>
    public static int StartOf(InteractionLog log, int user, int end)
    {
        var start = end - 1;
        while (start > log.UserStarts[user] && log.Timestamps[start] - log.Timestamps[start - 1] < Pause)
            start--;
        return start;
    }
}
