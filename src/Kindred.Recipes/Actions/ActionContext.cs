namespace Kindred.Recipes.Actions;

/// <summary>A user at one moment.</summary>
/// <param name="User">User code, -1 = unknown.</param>
/// <param name="Memory">What they did about actions before.</param>
/// <param name="Now">Epoch seconds.</param>
/// <param name="Interactions">Their interactions with items before.</param>
/// <param name="InteractionsLastWeek">Those of the last 7 days.</param>
/// <param name="InteractionsLastMonth">Those of the last 30 days.</param>
/// <param name="DaysSinceInteraction">Since the newest of them.</param>
internal readonly record struct ActionContext(
    int User, ActionMemory Memory, long Now, int Interactions, int InteractionsLastWeek, int InteractionsLastMonth, float DaysSinceInteraction)
{
    private const int Day = 86_400;

    public bool HasHistory => Interactions > 0;

    public static ActionContext Of(int user, ReadOnlySpan<HistoryEvent> history, ActionMemory memory, long now)
    {
        var (week, month) = (0, 0);
        for (var i = history.Length - 1; i >= 0 && history[i].Timestamp > now - 30 * Day; i--)
        {
            month++;
            week += history[i].Timestamp > now - 7 * Day ? 1 : 0;
        }
        return new ActionContext(
            user, memory, now, history.Length, week, month,
            ActionFeatures.Days(now, history.IsEmpty ? ActionMemory.Pair.Never : history[^1].Timestamp));
    }
}
