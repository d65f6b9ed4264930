namespace Kindred.Recipes.Personalization;

/// <summary>What a history is like as a whole.</summary>
/// <param name="Length">Number of interactions with known items.</param>
/// <param name="Now">Time of the newest one, epoch seconds.</param>
/// <param name="Before">Time of the one before.</param>
internal readonly record struct RankingContext(int Length, long Now, long Before)
{
    /// <param name="history">Oldest first; at least one item is known.</param>
    /// <param name="itemCount">Items that are known.</param>
    public static RankingContext Of(ReadOnlySpan<HistoryEvent> history, int itemCount)
    {
        var (length, now, before) = (0, 0L, 0L);
        foreach (var e in history)
        {
            if ((uint)e.Item < (uint)itemCount)
                (length, now, before) = (length + 1, e.Timestamp, length == 0 ? e.Timestamp : now);
        }
        return new RankingContext(length, now, before);
    }
}
