using System.Numerics.Tensors;
using Kindred.Numerics.Threading;

namespace Kindred.Recipes.Content;

/// <summary>A sparse matrix by rows.</summary>
/// <param name="Starts">Where each row begins, shape [rows + 1].</param>
/// <param name="Columns">Columns of all rows.</param>
/// <param name="Values">Values, aligned with <paramref name="Columns"/>.</param>
/// <param name="ColumnCount">Number of columns.</param>
internal sealed record FeatureMatrix(int[] Starts, int[] Columns, float[] Values, int ColumnCount)
{
    private const int RowsPerBlock = 256;

    public int RowCount => Starts.Length - 1;

    /// <summary>
    /// Product with a dense row-major matrix of <paramref name="width"/> columns, shape [RowCount, width]. The bits do not depend on the
    /// threads.
    /// </summary>
    public float[] Multiply(float[] dense, int width, int threads, CancellationToken cancellationToken)
    {
        var product = new float[checked(RowCount * width)];
        Workers.ForBlocks(RowCount, RowsPerBlock, threads, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
                AddRow(row, dense, width, product.AsSpan(row * width, width));
        }, cancellationToken);
        return product;
    }

    /// <summary>Adds one row times a dense row-major matrix to <paramref name="sums"/>, shape [width].</summary>
    public void AddRow(int row, ReadOnlySpan<float> dense, int width, Span<float> sums)
    {
        for (var i = Starts[row]; i < Starts[row + 1]; i++)
            TensorPrimitives.MultiplyAdd(dense.Slice(Columns[i] * width, width), Values[i], sums, sums);
    }

    public FeatureMatrix Transpose()
    {
        var starts = new int[ColumnCount + 1];
        foreach (var column in Columns)
            starts[column + 1]++;
        for (var column = 0; column < ColumnCount; column++)
            starts[column + 1] += starts[column];
        var next = starts.AsSpan(0, ColumnCount).ToArray();
        var (rows, values) = (new int[Columns.Length], new float[Columns.Length]);
        for (var row = 0; row < RowCount; row++)
        {
            for (var i = Starts[row]; i < Starts[row + 1]; i++)
                (rows[next[Columns[i]]], values[next[Columns[i]]++]) = (row, Values[i]);
        }
        return new FeatureMatrix(starts, rows, values, RowCount);
    }
}
