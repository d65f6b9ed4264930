using System.Runtime.Intrinsics;

namespace Kindred.Numerics.Sparse;

/// <summary>
/// Four rows of sums side by side, plus the list of columns that were touched: a sparse row is walked once for up to four weightings of it.
/// A lane's bits are those of a <see cref="RowAccumulator"/> of its own. For one thread at a time.
/// </summary>
public sealed class LaneSums(int columns)
{
    /// <summary>Sums of a column.</summary>
    public const int Lanes = 4;

    private readonly Vector128<float>[] _sums = new Vector128<float>[columns];
    private readonly byte[] _isTouched = new byte[columns]; // 0 or 1
    private int[] _touched = new int[256];
    private int _count;

    /// <summary>Columns added to since the last clearing, in order of their first appearance.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _count);

    /// <summary>The four sums of a column.</summary>
    public Vector128<float> this[int column] => _sums[column];

    /// <summary>Adds a sparse row times the scale of each lane.</summary>
    public void AddScaled(ReadOnlySpan<int> targets, ReadOnlySpan<float> values, Vector128<float> scales)
    {
        Shapes.ThrowIfDifferent(values.Length, targets.Length);
        while (_touched.Length - _count < targets.Length)
            Array.Resize(ref _touched, _touched.Length * 2);
        var (sums, isTouched, touched, count) = (_sums, _isTouched, _touched, _count);
        for (var i = 0; i < targets.Length && i < values.Length; i++)
        {
            var column = targets[i];
            touched[count] = column;
            count += 1 - isTouched[column];
            isTouched[column] = 1;
            sums[column] += scales * Vector128.Create(values[i]);
        }
        _count = count;
    }

    /// <summary>Each lane's sum over the touched columns, in order of their first appearance.</summary>
    /// <param name="totals">Receives them, shape [<see cref="Lanes"/>].</param>
    public void Sum(Span<double> totals)
    {
        var (first, second) = (Vector128<double>.Zero, Vector128<double>.Zero);
        foreach (var column in Touched)
        {
            var (low, high) = Vector128.Widen(_sums[column]);
            first += low;
            second += high;
        }
        (totals[0], totals[1], totals[2], totals[3]) = (first[0], first[1], second[0], second[1]);
    }

    /// <summary>Back to all zeros.</summary>
    public void Clear()
    {
        foreach (var column in Touched)
        {
            _sums[column] = Vector128<float>.Zero;
            _isTouched[column] = 0;
        }
        _count = 0;
    }
}
