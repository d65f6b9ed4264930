using System.Runtime.CompilerServices;

namespace Kindred.Numerics.Sparse;

/// <summary>
/// Keeps the largest positive entries of one sparse row, equal ones by ascending column. Entries gather in a buffer that is cut to the
/// wanted number when it is full, so an entry costs a comparison and now and then a share of a quickselect. For one thread at a time.
/// </summary>
/// <param name="most">Entries that a row keeps.</param>
public sealed class LargestEntries(int most)
{
    // Four times what is kept: a cut then throws away three entries for each one it keeps.
    private readonly ulong[] _keys = new ulong[Math.Max(256, 4 * most)];
    private int _count;

    /// <summary>Entries below this are not among the largest; the same value may still be, by its column.</summary>
    public float Threshold { get; private set; } = float.Epsilon;

    /// <summary>
    /// Keeps an entry if it is among the largest so far. A column is offered once per row; NaN and what is not above 0 is passed over.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Offer(float value, int column)
    {
        if (!(value >= Threshold)) // also NaN
            return;
        if (_count == _keys.Length)
            Cut();
        _keys[_count++] = Key(value, column);
    }

    /// <summary>Appends the kept entries in order to the columns and values from <paramref name="at"/> on, growing them, and starts anew.</summary>
    /// <returns>How many there were.</returns>
    public int Take(ref int[] columns, ref float[] values, int at)
    {
        var kept = Math.Min(most, _count);
        if (kept < _count)
            PartialSort.SelectFirst(_keys.AsSpan(0, _count), kept);
        var keys = _keys.AsSpan(0, kept);
        keys.Sort();
        if (columns.Length < at + kept)
        {
            var length = Math.Max(at + kept, columns.Length * 2);
            Array.Resize(ref columns, length);
            Array.Resize(ref values, length);
        }
        for (var i = 0; i < keys.Length; i++)
        {
            columns[at + i] = (int)(uint)keys[i];
            values[at + i] = Value(keys[i]);
        }
        (_count, Threshold) = (0, float.Epsilon);
        return kept;
    }

    private void Cut()
    {
        if (most == 0)
        {
            (_count, Threshold) = (0, float.PositiveInfinity);
            return;
        }
        PartialSort.SelectFirst(_keys, most);
        _count = most;
        Threshold = Value(_keys[most - 1]);
    }

    // The bits of positive floats are in the order of their values, so ascending keys are descending values, then ascending columns.
    private static ulong Key(float value, int column) => (ulong)~BitConverter.SingleToUInt32Bits(value) << 32 | (uint)column;

    private static float Value(ulong key) => BitConverter.UInt32BitsToSingle(~(uint)(key >> 32));
}
