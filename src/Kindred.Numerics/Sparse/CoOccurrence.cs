using System.Numerics.Tensors;

namespace Kindred.Numerics.Sparse;

/// <summary>
/// Which columns of a sparse matrix share rows: item-to-item similarity from the items of each user, without a matrix of columns x columns.
/// Twin: <see cref="CoOccurrenceReference"/>.
/// </summary>
public static class CoOccurrence
{
    /// <summary>
    /// s(i, j) = scale(i) · target(j) · c(i, j) for i ≠ j, where c counts the rows with both columns, or adds up the weights of j in them.
    /// </summary>
    /// <param name="pattern">Columns of each row, each at most once in a row.</param>
    /// <param name="weights">Non-negative weight of each entry of the pattern; empty = 1 each, and c(i, j) is a count.</param>
    /// <param name="scale">Scale of each column, shape [columns].</param>
    /// <param name="leastCount">Pairs with a smaller c are left out; looked at without weights only.</param>
    /// <param name="maxPerRow">Largest entries that each row of the result keeps; positive ones only.</param>
    /// <param name="threads">Threads, the caller's included. The result does not depend on them.</param>
    /// <param name="targets">Scale of each column as j, shape [columns]; null = <paramref name="scale"/>. At 0 the column is in no row.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    /// <exception cref="ArgumentException">The shapes do not agree, or the pattern holds a column that it does not have.</exception>
    /// <remarks>
    /// Σ (columns of a row)² additions, all into one dense row per thread (8 bytes per column); on the side the transposed pattern.
    /// Rows of weights are added up in the order of the rows: the same bits for any number of threads.
    /// </remarks>
    public static SparseRows Build(
        SparsePattern pattern, ReadOnlyMemory<float> weights, float[] scale, int leastCount, int maxPerRow, int threads,
        float[]? targets = null, CancellationToken cancellationToken = default)
    {
        targets ??= scale;
        Shapes.ThrowIfDifferent(scale.Length, pattern.ColumnCount);
        Shapes.ThrowIfDifferent(targets.Length, pattern.ColumnCount);
        if (!weights.IsEmpty)
            Shapes.ThrowIfDifferent(weights.Length, pattern.Columns.Length);
        if (pattern.Columns.Length > 0
            && (TensorPrimitives.Min<int>(pattern.Columns) < 0 || TensorPrimitives.Max<int>(pattern.Columns) >= pattern.ColumnCount))
            throw new ArgumentException($"The pattern has entries outside its {pattern.ColumnCount} columns.", nameof(pattern));
        var rowsOf = pattern.Transpose();
        return weights.IsEmpty
            ? RowBlocks.Build(
                pattern.ColumnCount, maxPerRow, threads, () => new CoOccurrenceCounts(pattern, scale, targets, Math.Max(1, leastCount)),
                (column, counts, largest) => counts.Fill(column, rowsOf.Row(column), largest), cancellationToken)
            : RowBlocks.Build(
                pattern.ColumnCount, maxPerRow, threads, () => new CoOccurrenceWeights(pattern, weights, scale, targets),
                (column, sums, largest) => sums.Fill(column, rowsOf.Row(column), largest), cancellationToken);
    }
}
