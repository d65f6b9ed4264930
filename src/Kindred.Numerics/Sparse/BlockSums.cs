using System.Numerics;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Sparse;

/// <summary>
/// One dense row of sums that remembers which blocks of it were added to: adding costs no branch, and looking for the largest runs over whole
/// registers. For rows of which a good part is touched; of which little is, see <see cref="RowAccumulator"/>. For one thread at a time.
/// </summary>
public sealed class BlockSums(int columns)
{
    private const int BlockLength = 64;

    private readonly float[] _sums = new float[Blocks(columns) * BlockLength];
    private readonly byte[] _isTouched = new byte[Blocks(columns)];

    /// <summary>Adds <paramref name="amount"/> to each of <paramref name="targets"/>.</summary>
    public void Add(ReadOnlySpan<int> targets, float amount)
    {
        var (sums, isTouched) = (_sums, _isTouched);
        foreach (var column in targets)
        {
            sums[column] += amount;
            isTouched[(uint)column / BlockLength] = 1;
        }
    }

    /// <summary>Adds <paramref name="amount"/> to one column.</summary>
    public void Add(int column, float amount)
    {
        _sums[column] += amount;
        _isTouched[(uint)column / BlockLength] = 1;
    }

    /// <summary>Offers every positive sum times the factor of its column, in ascending order of columns, and goes back to all zeros.</summary>
    /// <param name="largest">Keeps the largest.</param>
    /// <param name="factors">Shape [columns].</param>
    public void OfferTo(LargestEntries largest, ReadOnlySpan<float> factors)
    {
        Shapes.ThrowIfDifferent(factors.Length, columns);
        for (var block = 0; block < _isTouched.Length; block++)
        {
            if (_isTouched[block] == 0)
                continue;
            _isTouched[block] = 0;
            var from = block * BlockLength;
            var sums = _sums.AsSpan(from, Math.Min(BlockLength, columns - from));
            Offer(sums, factors.Slice(from, sums.Length), from, largest);
            sums.Clear();
        }
    }

    private static void Offer(ReadOnlySpan<float> sums, ReadOnlySpan<float> factors, int from, LargestEntries largest)
    {
        var sumsOf = MemoryMarshal.Cast<float, Vector<float>>(sums);
        var factorsOf = MemoryMarshal.Cast<float, Vector<float>>(factors);
        for (var v = 0; v < sumsOf.Length; v++)
        {
            if (!Vector.GreaterThanOrEqualAny(sumsOf[v] * factorsOf[v], new Vector<float>(largest.Threshold)))
                continue;
            for (var i = v * Vector<float>.Count; i < (v + 1) * Vector<float>.Count; i++)
                largest.Offer(sums[i] * factors[i], from + i);
        }
        for (var i = sumsOf.Length * Vector<float>.Count; i < sums.Length; i++)
            largest.Offer(sums[i] * factors[i], from + i);
    }

    private static int Blocks(int columns) => (columns + BlockLength - 1) / BlockLength;
}
