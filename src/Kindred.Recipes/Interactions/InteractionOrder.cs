using System.Runtime.InteropServices;

namespace Kindred.Recipes.Interactions;

/// <summary>Columns of interactions that lie user by user, brought into their final order in place.</summary>
internal sealed class InteractionOrder(int[] starts, int[] items, long[] times, short[] types, float[] values, int[][] contexts)
{
    private readonly HashSet<(int Item, short Type, int ValueBits)> _atOneTime = [];
    private long[] _keys = [];
    private int[] _places = [];
    private long[] _buffer = [];
    private long _lastTime; // of the interaction looked at before; its own place may have been written over

    public int[] Items => items;
    public long[] Times => times;
    public short[] Types => types;
    public float[] Values => values;

    /// <summary>Columns that are carried along, shape [columns][interactions].</summary>
    public int[][] Contexts => contexts;

    /// <summary>Sorts each user by time; equal times keep their order.</summary>
    public void SortByTime()
    {
        for (var user = 0; user + 1 < starts.Length; user++)
        {
            var (start, count) = (starts[user], starts[user + 1] - starts[user]);
            if (!IsSorted(times.AsSpan(start, count)))
                Sort(start, count);
        }
    }

    /// <summary>
    /// Keeps the first of interactions that were recorded twice: same user, item, time, type and value. A file imported again with
    /// INCREMENTAL, or an event sent again under a new id, must not count twice. Cuts the columns and moves the starts.
    /// </summary>
    public void RemoveRepeated()
    {
        var (kept, end) = (0, 0);
        for (var user = 0; user + 1 < starts.Length; user++)
        {
            var start = end;
            end = starts[user + 1];
            starts[user] = kept;
            for (var i = start; i < end; i++)
            {
                if (IsRepeated(i, start, end))
                    continue;
                if (kept != i)
                {
                    (items[kept], times[kept], types[kept], values[kept]) = (items[i], times[i], types[i], values[i]);
                    foreach (var context in contexts)
                        context[kept] = context[i];
                }
                kept++;
            }
        }
        starts[^1] = kept;
        if (kept == items.Length)
            return;
        Array.Resize(ref items, kept);
        Array.Resize(ref times, kept);
        Array.Resize(ref types, kept);
        Array.Resize(ref values, kept);
        foreach (ref var context in contexts.AsSpan())
            Array.Resize(ref context, kept);
    }

    private static bool IsSorted(ReadOnlySpan<long> times)
    {
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] < times[i - 1])
                return false;
        }
        return true;
    }

    private void Sort(int start, int count)
    {
        if (_keys.Length < count)
        {
            var room = Math.Max(count, Math.Min(Array.MaxLength / 2, 2 * _keys.Length));
            (_keys, _places, _buffer) = (new long[room], new int[room], new long[room]);
        }
        var keys = _keys.AsSpan(0, count);
        var places = _places.AsSpan(0, count);
        times.AsSpan(start, count).CopyTo(keys);
        for (var i = 0; i < count; i++)
            places[i] = i;
        keys.Sort(places);
        // The sort is not stable: where times are equal, the order of arrival comes back.
        for (int from = 0, to; from < count; from = to)
        {
            for (to = from + 1; to < count && keys[to] == keys[from]; to++) { }
            if (to - from > 1)
                places[from..to].Sort();
        }
        keys.CopyTo(times.AsSpan(start));
        Permute(items.AsSpan(start, count), places);
        Permute(types.AsSpan(start, count), places);
        Permute(values.AsSpan(start, count), places);
        foreach (var context in contexts)
            Permute(context.AsSpan(start, count), places);
    }

    private void Permute<T>(Span<T> column, ReadOnlySpan<int> places) where T : unmanaged
    {
        var copy = MemoryMarshal.Cast<long, T>(_buffer.AsSpan())[..column.Length];
        column.CopyTo(copy);
        for (var i = 0; i < places.Length; i++)
            column[i] = copy[places[i]];
    }

    private bool IsRepeated(int i, int start, int end)
    {
        var startsTime = i == start || _lastTime != times[i];
        _lastTime = times[i];
        if (startsTime && (i + 1 == end || times[i + 1] != times[i]))
            return false; // nearly always: nothing else happened to this user in that second
        if (startsTime)
            _atOneTime.Clear();
        return !_atOneTime.Add((items[i], types[i], BitConverter.SingleToInt32Bits(values[i])));
    }
}
