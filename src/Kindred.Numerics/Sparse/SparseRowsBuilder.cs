namespace Kindred.Numerics.Sparse;

/// <summary>Fills one row at a time into an accumulator.</summary>
/// <param name="row">The row to compute.</param>
/// <param name="sums">An empty accumulator over the columns.</param>
public delegate void FillRow(int row, RowAccumulator sums);

/// <summary>Computes the rows of a sparse matrix in parallel, each kept to its largest values.</summary>
public static class SparseRowsBuilder
{
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="maxPerRow">Entries that a row keeps; positive values only.</param>
    /// <param name="threads">Threads, the caller's included. The result does not depend on them.</param>
    /// <param name="fill">Computes a row; called from any of the threads.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    /// <remarks>Scratch of 8 bytes per column and thread; nothing of the size rows x columns.</remarks>
    public static SparseRows Build(int rows, int columns, int maxPerRow, int threads, FillRow fill, CancellationToken cancellationToken = default) =>
        RowBlocks.Build(rows, maxPerRow, threads, () => new RowAccumulator(columns), (row, sums, largest) =>
        {
            fill(row, sums);
            sums.OfferTo(largest);
        }, cancellationToken);
}
