namespace Kindred.Numerics.Sparse;

/// <summary>Which columns each row of a sparse matrix holds (compressed sparse rows, without values).</summary>
/// <param name="Starts">Where each row begins in <paramref name="Columns"/>, shape [rows + 1].</param>
/// <param name="Columns">Columns of all rows, row after row.</param>
/// <param name="ColumnCount">Number of columns of the matrix.</param>
public sealed record SparsePattern(int[] Starts, int[] Columns, int ColumnCount)
{
    public int RowCount => Starts.Length - 1;

    public ReadOnlySpan<int> Row(int row) => Columns.AsSpan(Starts[row]..Starts[row + 1]);

    /// <summary>
    /// The same matrix by columns: row c of the result lists, ascending, the positions p in <see cref="Columns"/> with Columns[p] = c.
    /// </summary>
    /// <remarks>Entries with a negative column are left out. Twin: <see cref="SparsePatternReference"/>.</remarks>
    public static SparsePattern PositionsByColumn(ReadOnlySpan<int> columns, int columnCount)
    {
        var starts = new int[columnCount + 1];
        foreach (var column in columns)
        {
            if (column >= 0)
                starts[column + 1]++;
        }
        for (var column = 0; column < columnCount; column++)
            starts[column + 1] += starts[column];
        var positions = new int[starts[columnCount]];
        var next = starts.AsSpan(0, columnCount).ToArray();
        for (var position = 0; position < columns.Length; position++)
        {
            if (columns[position] >= 0)
                positions[next[columns[position]]++] = position;
        }
        return new SparsePattern(starts, positions, columns.Length);
    }

    /// <summary>The transposed matrix; the rows of the result ascend.</summary>
    public SparsePattern Transpose()
    {
        var starts = new int[ColumnCount + 1];
        foreach (var column in Columns)
            starts[column + 1]++;
        for (var column = 0; column < ColumnCount; column++)
            starts[column + 1] += starts[column];
        var rows = new int[Columns.Length];
        var next = starts.AsSpan(0, ColumnCount).ToArray();
        for (var row = 0; row < RowCount; row++)
        {
            foreach (var column in Row(row))
                rows[next[column]++] = row;
        }
        return new SparsePattern(starts, rows, RowCount);
    }
}
