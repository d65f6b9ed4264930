namespace Kindred.Numerics.Sparse;

/// <summary>
/// One dense row of sums plus the list of columns that were touched, so that a row costs what it touches and not what it could hold.
/// For one thread at a time.
/// </summary>
public sealed class RowAccumulator(int columns)
{
    private readonly float[] _sums = new float[columns];
    private readonly byte[] _isTouched = new byte[columns]; // 0 or 1
    private int[] _touched = new int[256];
    private int _count;

    public int ColumnCount => _sums.Length;

    /// <summary>Columns added to since the last clearing, in order of their first appearance.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _count);

    public float this[int column]
    {
        get => _sums[column];
        set
        {
            Touch(column);
            _sums[column] = value;
        }
    }

    /// <summary>Adds <paramref name="amount"/> to one column.</summary>
    public void Add(int column, float amount)
    {
        Touch(column);
        _sums[column] += amount;
    }

    /// <summary>Adds <paramref name="amount"/> to each of <paramref name="targets"/>.</summary>
    public void Add(ReadOnlySpan<int> targets, float amount)
    {
        foreach (var column in targets)
            Add(column, amount);
    }

    /// <summary>Adds <paramref name="scale"/> times a sparse row.</summary>
    public void AddScaled(ReadOnlySpan<int> targets, ReadOnlySpan<float> values, float scale)
    {
        Shapes.ThrowIfDifferent(values.Length, targets.Length);
        while (_touched.Length - _count < targets.Length)
            Array.Resize(ref _touched, _touched.Length * 2);
        // Fields in locals: the loop runs tens of thousands of times for one recommendation. And no branch, which nobody could foretell.
        var (sums, isTouched, touched, count) = (_sums, _isTouched, _touched, _count);
        for (var i = 0; i < targets.Length && i < values.Length; i++)
        {
            var column = targets[i];
            touched[count] = column;
            count += 1 - isTouched[column];
            isTouched[column] = 1;
            sums[column] += scale * values[i];
        }
        _count = count;
    }

    /// <summary>Sum over the touched columns, in order of their first appearance.</summary>
    public double Sum()
    {
        var sum = 0.0;
        foreach (var column in Touched)
            sum += _sums[column];
        return sum;
    }

    /// <summary>Back to all zeros.</summary>
    public void Clear()
    {
        foreach (var column in Touched)
        {
            _sums[column] = 0;
            _isTouched[column] = 0;
        }
        _count = 0;
    }

    /// <summary>Offers every positive sum and clears.</summary>
    internal void OfferTo(LargestEntries largest)
    {
        foreach (var column in Touched)
            largest.Offer(_sums[column], column);
        Clear();
    }

    private void Touch(int column)
    {
        if (_isTouched[column] != 0)
            return;
        _isTouched[column] = 1;
        if (_count == _touched.Length)
            Array.Resize(ref _touched, _count * 2);
        _touched[_count++] = column;
    }
}
