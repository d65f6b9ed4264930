namespace Kindred.Numerics.Sparse;

/// <summary>Twin of <see cref="CoOccurrence"/> in double, the obvious way.</summary>
public static class CoOccurrenceReference
{
    /// <returns>Shape [columns, columns]; 0 = not kept.</returns>
    public static double[,] Build(SparsePattern pattern, float[] weights, float[] scale, int leastCount, float[]? targets = null)
    {
        var result = new double[pattern.ColumnCount, pattern.ColumnCount];
        for (var row = 0; row < pattern.RowCount; row++)
        {
            for (var p = pattern.Starts[row]; p < pattern.Starts[row + 1]; p++)
            {
                foreach (var i in pattern.Row(row))
                    result[i, pattern.Columns[p]] += weights.Length == 0 ? 1 : weights[p];
            }
        }
        for (var i = 0; i < pattern.ColumnCount; i++)
        {
            for (var j = 0; j < pattern.ColumnCount; j++)
                result[i, j] *= i == j || (weights.Length == 0 && result[i, j] < leastCount) ? 0 : (double)scale[i] * (targets ?? scale)[j];
        }
        return result;
    }
}
