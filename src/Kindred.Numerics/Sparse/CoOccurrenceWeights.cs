using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Sparse;

/// <summary>One thread's row of sums of weights. Between rows every sum is 0.</summary>
internal sealed class CoOccurrenceWeights(SparsePattern pattern, ReadOnlyMemory<float> weights, float[] scale, float[] targets)
{
    private readonly float[] _sums = new float[pattern.ColumnCount];
    private int[] _met = [];

    public void Fill(int column, ReadOnlySpan<int> rows, LargestEntries largest)
    {
        var additions = 0L;
        foreach (var row in rows)
            additions += pattern.Starts[row + 1] - pattern.Starts[row];
        var length = Add(rows, (int)Math.Min(additions, _sums.Length));
        foreach (var other in _met.AsSpan(0, length))
        {
            if (other != column)
                largest.Offer(_sums[other] * scale[column] * targets[other], other);
            _sums[other] = 0;
        }
    }

    private int Add(ReadOnlySpan<int> rows, int mostMet)
    {
        if (_met.Length <= mostMet)
            _met = new int[Math.Max(mostMet + 1, Math.Min(_sums.Length + 1, _met.Length * 2))];
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref var met = ref MemoryMarshal.GetArrayDataReference(_met);
        var all = weights.Span;
        var length = 0;
        foreach (var row in rows)
        {
            var others = pattern.Row(row);
            ref var weight = ref MemoryMarshal.GetReference(all.Slice(pattern.Starts[row], others.Length));
            for (var i = 0; i < others.Length; i++)
            {
                var (other, amount) = (others[i], Unsafe.Add(ref weight, i));
                Unsafe.Add(ref met, length) = other; // overwritten by the next unless this was the first of its column
                ref var sum = ref Unsafe.Add(ref sums, other);
                length += sum == 0 & amount > 0 ? 1 : 0;
                sum += amount;
            }
        }
        return length;
    }
}
