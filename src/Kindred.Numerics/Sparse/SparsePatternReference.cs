namespace Kindred.Numerics.Sparse;

/// <summary>Twin of <see cref="SparsePattern"/>, the obvious way.</summary>
public static class SparsePatternReference
{
    public static int[][] PositionsByColumn(int[] columns, int columnCount) =>
    [
        .. Enumerable.Range(0, columnCount).Select(column =>
            Enumerable.Range(0, columns.Length).Where(position => columns[position] == column).ToArray()),
    ];
}
