
namespace Kindred.Recipes.Personalization.Signals;

/// <summary>A history as signals look at it.</summary>
internal readonly ref struct HistoryView
{
    /// <summary>Newest steps that any signal looks at.</summary>
    public const int MaxSteps = 100;

    /// <param name="query">Whose history it is.</param>
    /// <param name="itemCount">Items that are known.</param>
    /// <param name="steps">Room for <see cref="MaxSteps"/> steps.</param>
    public HistoryView(in ScoreQuery query, int itemCount, Span<int> steps)
    {
        Query = query;
        Steps = Members.Steps.Newest(query.History, itemCount, steps);
        ItemCount = itemCount;
        foreach (var e in query.History)
            Now = Math.Max(Now, e.Timestamp);
    }

    /// <summary>Whose history it is, with all of it.</summary>
    public ScoreQuery Query { get; }

    /// <summary>Everything, oldest first, unknown items included.</summary>
    public ReadOnlySpan<HistoryEvent> Events => Query.History;

    /// <summary>Newest known items, oldest first, repeats in a row taken as one.</summary>
    public ReadOnlySpan<int> Steps { get; }

    public int ItemCount { get; }

    /// <summary>Time of the newest event, that of an unknown item included: so a caller can tell when a request is made. Epoch seconds.</summary>
    public long Now { get; } = long.MinValue;
}
