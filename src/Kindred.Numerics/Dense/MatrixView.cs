namespace Kindred.Numerics.Dense;

/// <summary>
/// A read-only matrix over somebody's floats: element (row, column) is <c>values[row·rowStride + column·columnStride]</c>.
/// Swapping the strides transposes it, so no kernel needs a transposed copy.
/// </summary>
public readonly ref struct MatrixView
{
    /// <summary>A row-major matrix without gaps, shape [rows, columns].</summary>
    /// <exception cref="ArgumentException">The values do not hold exactly rows·columns floats.</exception>
    public MatrixView(ReadOnlySpan<float> values, int rows, int columns)
        : this(values, rows, columns, columns)
    {
        if (values.Length != (long)rows * columns)
            throw new ArgumentException($"{values.Length} values are not {rows} x {columns}.", nameof(values));
    }

    /// <summary>A matrix inside a larger block.</summary>
    /// <param name="values">Starts with element (0, 0); must reach to the last element.</param>
    /// <param name="rows">At least 0.</param>
    /// <param name="columns">At least 0.</param>
    /// <param name="rowStride">Floats from one row to the next; at least 0 (0 repeats one row).</param>
    /// <param name="columnStride">Floats from one column to the next; at least 0.</param>
    /// <exception cref="ArgumentException">The last element lies outside the values.</exception>
    public MatrixView(ReadOnlySpan<float> values, int rows, int columns, int rowStride, int columnStride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(rowStride);
        ArgumentOutOfRangeException.ThrowIfNegative(columnStride);
        if (rows > 0 && columns > 0 && (long)(rows - 1) * rowStride + (long)(columns - 1) * columnStride >= values.Length)
            throw new ArgumentException(
                $"{values.Length} values end before the last element of {rows} x {columns} with strides {rowStride} and {columnStride}.",
                nameof(values));
        Values = values;
        (Rows, Columns, RowStride, ColumnStride) = (rows, columns, rowStride, columnStride);
    }

    public ReadOnlySpan<float> Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int RowStride { get; }

    /// <summary>Floats from one column to the next.</summary>
    public int ColumnStride { get; }

    /// <summary>The same floats with rows and columns exchanged, shape [columns, rows].</summary>
    public MatrixView Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);

    public float this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
            return Values[(int)((long)row * RowStride + (long)column * ColumnStride)];
        }
    }

    /// <summary>Some of the rows, shape [count, columns].</summary>
    public MatrixView SliceRows(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + count, Rows, nameof(count));
        return count == 0
            ? new([], 0, Columns, RowStride, ColumnStride)
            : new(Values[(int)((long)start * RowStride)..], count, Columns, RowStride, ColumnStride);
    }
}
