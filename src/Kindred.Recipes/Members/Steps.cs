namespace Kindred.Recipes.Members;

/// <summary>A history as steps: unknown items left out, repeats in a row taken as one.</summary>
internal static class Steps
{
    /// <summary>Writes the newest steps of a history, oldest first, into the end of <paramref name="buffer"/>.</summary>
    /// <returns>The part of the buffer that holds them.</returns>
    public static ReadOnlySpan<int> Newest(ReadOnlySpan<HistoryEvent> history, int itemCount, Span<int> buffer)
    {
        var first = buffer.Length;
        for (var i = history.Length - 1; i >= 0 && first > 0; i--)
        {
            var item = history[i].Item;
            if ((uint)item < (uint)itemCount && (first == buffer.Length || buffer[first] != item))
                buffer[--first] = item;
        }
        return buffer[first..];
    }
}
