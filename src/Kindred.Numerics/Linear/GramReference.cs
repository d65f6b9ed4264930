using Kindred.Numerics.Sparse;

namespace Kindred.Numerics.Linear;

/// <summary>Twin of <see cref="Gram"/> in double.</summary>
public static class GramReference
{
    /// <returns>The upper triangle of XᵀX, row-major, zeros below it.</returns>
    public static double[] Compute(SparsePattern rows, ReadOnlySpan<float> values)
    {
        var size = rows.ColumnCount;
        var gram = new double[size * size];
        for (var row = 0; row < rows.RowCount; row++)
        {
            for (var i = rows.Starts[row]; i < rows.Starts[row + 1]; i++)
            {
                for (var j = rows.Starts[row]; j < rows.Starts[row + 1]; j++)
                {
                    if (rows.Columns[j] >= rows.Columns[i])
                        gram[rows.Columns[i] * size + rows.Columns[j]] += (values.IsEmpty ? 1.0 : values[i]) * (values.IsEmpty ? 1.0 : values[j]);
                }
            }
        }
        return gram;
    }
}
