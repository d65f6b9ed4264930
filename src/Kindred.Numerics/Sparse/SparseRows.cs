namespace Kindred.Numerics.Sparse;

/// <summary>A sparse matrix by rows. The columns of a row are in descending order of value, equal values by ascending column.</summary>
/// <param name="Starts">Where each row begins, shape [rows + 1].</param>
/// <param name="Columns">Columns of all rows, row after row.</param>
/// <param name="Values">Values, aligned with <paramref name="Columns"/>.</param>
public readonly record struct SparseRows(ReadOnlyMemory<int> Starts, ReadOnlyMemory<int> Columns, ReadOnlyMemory<float> Values)
{
    public int RowCount => Starts.Length - 1;

    /// <summary>Columns and values of one row.</summary>
    public void Row(int row, out ReadOnlySpan<int> columns, out ReadOnlySpan<float> values)
    {
        var starts = Starts.Span;
        var (from, length) = (starts[row], starts[row + 1] - starts[row]);
        columns = Columns.Span.Slice(from, length);
        values = Values.Span.Slice(from, length);
    }
}
