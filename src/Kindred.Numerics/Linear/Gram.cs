using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kindred.Numerics.Sparse;
using Kindred.Numerics.Threading;

namespace Kindred.Numerics.Linear;

/// <summary>XᵀX of a sparse matrix as a dense one. Twin: <see cref="GramReference"/>.</summary>
/// <remarks>
/// One row of the result after the other, each summed into memory of the first cache levels; only the upper half is computed. Σ n²/2 additions
/// for rows of n entries. A dense product was slower on every data set at hand: it pays from about 10 % of all entries on.
/// </remarks>
public static class Gram
{
    private const int RowsPerBlock = 8;

    /// <summary>Computes XᵀX.</summary>
    /// <param name="rows">X by rows; a column at most once per row.</param>
    /// <param name="values">Values of X, aligned with its columns; empty = 1 each.</param>
    /// <param name="threads">At least 1. The bits do not depend on it.</param>
    /// <param name="cancellationToken">Looked at between blocks of rows.</param>
    /// <returns>Row-major, shape [columns, columns]; the strict lower triangle is zero.</returns>
    /// <exception cref="ArgumentException">The values do not fit, or there are more than 46,340 columns.</exception>
    public static float[] Compute(SparsePattern rows, ReadOnlyMemory<float> values, int threads, CancellationToken cancellationToken = default)
    {
        const int MaxColumns = 46_340;
        var size = rows.ColumnCount;
        if (size > MaxColumns)
            throw new ArgumentException(
                $"A matrix of {size} columns has no Gram matrix in one array; at most {MaxColumns} were expected.", nameof(rows));
        if (!values.IsEmpty)
            Shapes.ThrowIfDifferent(values.Length, rows.Columns.Length);
        var sorted = SortedRows.Of(rows, values.Span);
        var gram = new float[size * size];
        Workers.ForBlocks(size, RowsPerBlock, threads, (_, from, to) =>
        {
            for (var column = from; column < to; column++)
                AddRow(sorted, column, gram.AsSpan(column * size, size));
        }, cancellationToken);
        return gram;
    }

    private static void AddRow(SortedRows sorted, int column, Span<float> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        foreach (var position in sorted.Positions.Row(column))
        {
            // From the column itself to the end of the row: the columns ascend, so these are the ones of the upper triangle.
            var columns = sorted.Columns.AsSpan(position..sorted.Ends[position]);
            var weights = sorted.Values.AsSpan(position, columns.Length);
            var weight = weights[0];
            for (var i = 0; i < columns.Length && i < weights.Length; i++)
                Unsafe.Add(ref sum, columns[i]) += weight * weights[i];
        }
    }

    /// <summary>X with ascending columns in every row.</summary>
    /// <param name="Columns">Columns of all rows; all below the column count, which the sums rely on.</param>
    /// <param name="Values">Values, aligned with the columns.</param>
    /// <param name="Ends">For each position where its row ends.</param>
    /// <param name="Positions">For each column its positions.</param>
    private sealed record SortedRows(int[] Columns, float[] Values, int[] Ends, SparsePattern Positions)
    {
        public static SortedRows Of(SparsePattern rows, ReadOnlySpan<float> values)
        {
            var byColumn = SparsePattern.PositionsByColumn(rows.Columns, rows.ColumnCount);
            var rowOf = new int[rows.Columns.Length];
            for (var row = 0; row < rows.RowCount; row++)
                rowOf.AsSpan(rows.Starts[row]..rows.Starts[row + 1]).Fill(row);
            var next = rows.Starts.AsSpan(0, rows.RowCount).ToArray();
            var (columns, sortedValues, ends) = (new int[rows.Columns.Length], new float[rows.Columns.Length], new int[rows.Columns.Length]);
            var positions = byColumn.Columns;
            for (var column = 0; column < rows.ColumnCount; column++)
            {
                for (var i = byColumn.Starts[column]; i < byColumn.Starts[column + 1]; i++)
                {
                    var (row, value) = (rowOf[positions[i]], values.IsEmpty ? 1 : values[positions[i]]);
                    var position = next[row]++;
                    (columns[position], sortedValues[position], ends[position]) = (column, value, rows.Starts[row + 1]);
                    positions[i] = position;
                }
            }
            return new SortedRows(columns, sortedValues, ends, byColumn);
        }
    }
}
