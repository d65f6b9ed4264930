using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Sparse;

/// <summary>One thread's row of counts. Between rows every count is 0.</summary>
internal sealed class CoOccurrenceCounts(SparsePattern pattern, float[] scale, float[] targets, int leastCount)
{
    // A row that adds to an eighth of the columns or more is looked through as a whole, vector by vector; of a sparser one the
    // columns are written down as they are met. Both give the same entries.
    private const int DenseShare = 8;

    private readonly int[] _counts = new int[pattern.ColumnCount];
    private int[] _met = [];

    public void Fill(int column, ReadOnlySpan<int> rows, LargestEntries largest)
    {
        var additions = 0L;
        foreach (var row in rows)
            additions += pattern.Starts[row + 1] - pattern.Starts[row];
        if (additions >= _counts.Length / DenseShare)
        {
            Count(rows);
            _counts[column] = 0;
            OfferAll(column, largest);
        }
        else
        {
            OfferMet(column, CountAndNote(rows, (int)additions), largest);
        }
    }

    private void Count(ReadOnlySpan<int> rows)
    {
        ref var counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        foreach (var row in rows)
        {
            // Without bounds checks: this line runs billions of times, and the columns were checked at the door.
            foreach (var other in pattern.Row(row))
                Unsafe.Add(ref counts, other)++;
        }
    }

    private int CountAndNote(ReadOnlySpan<int> rows, int additions)
    {
        if (_met.Length <= additions)
            _met = new int[Math.Max(additions + 1, _met.Length * 2)];
        ref var counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        ref var met = ref MemoryMarshal.GetArrayDataReference(_met);
        var length = 0;
        foreach (var row in rows)
        {
            foreach (var other in pattern.Row(row))
            {
                Unsafe.Add(ref met, length) = other; // overwritten by the next unless this was the first of its column
                length += Unsafe.Add(ref counts, other)++ == 0 ? 1 : 0;
            }
        }
        return length;
    }

    private void OfferMet(int column, int length, LargestEntries largest)
    {
        foreach (var other in _met.AsSpan(0, length))
        {
            if (_counts[other] >= leastCount && other != column)
                largest.Offer(Value(_counts[other], column, other), other);
            _counts[other] = 0;
        }
    }

    private void OfferAll(int column, LargestEntries largest)
    {
        var lanes = Vector<int>.Count;
        var (least, own) = (new Vector<int>(leastCount - 1), new Vector<float>(scale[column]));
        var start = 0;
        for (; start <= _counts.Length - lanes; start += lanes)
        {
            var counts = new Vector<int>(_counts, start);
            var values = Vector.ConvertToSingle(counts) * own * new Vector<float>(targets, start);
            var isWorthIt = Vector.GreaterThan(counts, least) & Vector.GreaterThanOrEqual(values, new Vector<float>(largest.Threshold));
            if (isWorthIt != Vector<int>.Zero)
                Offer(column, start, start + lanes, largest);
        }
        Offer(column, start, _counts.Length, largest);
        Array.Clear(_counts);
    }

    private void Offer(int column, int from, int to, LargestEntries largest)
    {
        for (var other = from; other < to; other++)
        {
            if (_counts[other] >= leastCount)
                largest.Offer(Value(_counts[other], column, other), other);
        }
    }

    private float Value(int count, int column, int other) => count * scale[column] * targets[other];
}
