using System.Numerics;
using System.Runtime.CompilerServices;
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
    private bool _isDense; // every block counts as touched

    /// <summary>Adds <paramref name="amount"/> to each of <paramref name="targets"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column; then nothing is added.</exception>
    public void Add(ReadOnlySpan<int> targets, float amount)
    {
        if (targets.ContainsAnyExceptInRange(0, columns - 1))
            throw new ArgumentOutOfRangeException(nameof(targets), $"Columns 0 to {columns - 1} were expected.");
        // Checked all at once, so that the loop does nothing but add: it runs a hundred thousand times for one recommendation.
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        if (targets.Length >= _isTouched.Length)
        {
            _isDense = true; // to look at every block is less than to mark each
            foreach (var column in targets)
                Unsafe.Add(ref sums, column) += amount;
            return;
        }
        ref var isTouched = ref MemoryMarshal.GetArrayDataReference(_isTouched);
        foreach (var column in targets)
        {
            Unsafe.Add(ref sums, column) += amount;
            Unsafe.Add(ref isTouched, (uint)column / BlockLength) = 1;
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
            if (!_isDense && _isTouched[block] == 0)
                continue;
            _isTouched[block] = 0;
            var from = block * BlockLength;
            var sums = _sums.AsSpan(from, Math.Min(BlockLength, columns - from));
            Offer(sums, factors.Slice(from, sums.Length), from, largest);
            sums.Clear();
        }
        _isDense = false;
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
