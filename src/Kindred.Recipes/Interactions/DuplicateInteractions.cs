namespace Kindred.Recipes.Interactions;

/// <summary>
/// Finds interactions that were recorded twice: same user, item, time, type and value. A file imported again with
/// INCREMENTAL, or an event sent again under a new id, must not count twice.
/// </summary>
internal sealed class DuplicateInteractions(ChunkedColumn<int> items, ChunkedColumn<long> times, ChunkedColumn<short> types, ChunkedColumn<float> values)
{
    private readonly HashSet<(int Item, short Type, int ValueBits)> _atOneTime = [];

    /// <summary>Moves each user's distinct interactions together, the first of each kept, and makes <paramref name="starts"/> match.</summary>
    /// <param name="order">Arrivals by user, then time; the tail behind the last start is left over.</param>
    /// <param name="starts">Where each user begins in <paramref name="order"/>, with the end behind the last.</param>
    /// <returns>How many interactions are left.</returns>
    public int Remove(Span<int> order, int[] starts)
    {
        var kept = 0;
        for (var user = 0; user + 1 < starts.Length; user++)
        {
            var mine = order[starts[user]..starts[user + 1]];
            starts[user] = kept;
            for (var i = 0; i < mine.Length; i++)
            {
                if (!IsRepeated(mine, i)) order[kept++] = mine[i];
            }
        }

        starts[^1] = kept;
        return kept;
    }

    private bool IsRepeated(ReadOnlySpan<int> arrivals, int at)
    {
        var arrival = arrivals[at];
        var startsTime = at == 0 || times[arrivals[at - 1]] != times[arrival];
        var endsTime = at + 1 == arrivals.Length || times[arrivals[at + 1]] != times[arrival];
        if (startsTime && endsTime) return false; // nearly always: nothing else happened to this user in that second
        if (startsTime) _atOneTime.Clear();
        return !_atOneTime.Add((items[arrival], types[arrival], BitConverter.SingleToInt32Bits(values[arrival])));
    }
}
