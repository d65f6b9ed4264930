using Kindred.Recipes.Members;

namespace Kindred.Recipes.Personalization.Signals;

/// <summary>A history as signals look at it.</summary>
internal readonly ref struct HistoryView
{
    /// <summary>Newest steps that any signal looks at.</summary>
    public const int MaxSteps = 100;

    /// <param name="events">Oldest first.</param>
    /// <param name="itemCount">Items that are known.</param>
    /// <param name="steps">Room for <see cref="MaxSteps"/> steps.</param>
    public HistoryView(ReadOnlySpan<HistoryEvent> events, int itemCount, Span<int> steps)
    {
        Events = events;
        Steps = Members.Steps.Newest(events, itemCount, steps);
        ItemCount = itemCount;
        foreach (var e in events)
            Now = Math.Max(Now, e.Timestamp);
    }

    /// <summary>UTF-8 of the id of the user whose history it is; empty = not known.</summary>
    public ReadOnlySpan<byte> User { get; init; }

    /// <summary>What is known of the event to come; null = nothing.</summary>
    public EventContext? Context { get; init; }

    /// <summary>Everything, oldest first, unknown items included.</summary>
    public ReadOnlySpan<HistoryEvent> Events { get; }

    /// <summary>Newest known items, oldest first, repeats in a row taken as one.</summary>
    public ReadOnlySpan<int> Steps { get; }

    public int ItemCount { get; }

    /// <summary>Time of the newest event, that of an unknown item included: so a caller can tell when a request is made. Epoch seconds.</summary>
    public long Now { get; } = long.MinValue;
}
