using Kindred.Numerics.Threading;

namespace Kindred.Numerics.Sparse;

/// <summary>Fills one row at a time into an accumulator.</summary>
/// <param name="row">The row to compute.</param>
/// <param name="sums">An empty accumulator over the columns.</param>
public delegate void FillRow(int row, RowAccumulator sums);

/// <summary>Computes the rows of a sparse matrix in parallel, each kept to its largest values.</summary>
public static class SparseRowsBuilder
{
    private const int RowsPerBlock = 64;

    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="maxPerRow">Entries that a row keeps; positive values only.</param>
    /// <param name="threads">Threads, the caller's included. The result does not depend on them.</param>
    /// <param name="fill">Computes a row; called from any of the threads.</param>
    /// <param name="cancellationToken">Looked at every 64 rows.</param>
    /// <remarks>Scratch of 8 bytes per column and thread; nothing of the size rows x columns.</remarks>
    public static SparseRows Build(int rows, int columns, int maxPerRow, int threads, FillRow fill, CancellationToken cancellationToken = default)
    {
        var accumulators = new RowAccumulator?[threads];
        var blocks = new (int[] Lengths, int[] Columns, float[] Values)[(rows + RowsPerBlock - 1) / RowsPerBlock];
        Workers.ForBlocks(rows, RowsPerBlock, threads, (worker, from, to) =>
        {
            var sums = accumulators[worker] ??= new RowAccumulator(columns);
            var (lengths, blockColumns, blockValues) = (new int[to - from], new List<int>(), new List<float>());
            for (var row = from; row < to; row++)
            {
                fill(row, sums);
                lengths[row - from] = sums.TakeLargest(maxPerRow, blockColumns, blockValues);
            }
            blocks[from / RowsPerBlock] = (lengths, [.. blockColumns], [.. blockValues]);
        }, cancellationToken);
        return Join(rows, blocks);
    }

    private static SparseRows Join(int rows, (int[] Lengths, int[] Columns, float[] Values)[] blocks)
    {
        var starts = new int[rows + 1];
        for (var row = 0; row < rows; row++)
            starts[row + 1] = checked(starts[row] + blocks[row / RowsPerBlock].Lengths[row % RowsPerBlock]);
        var (columns, values) = (new int[starts[rows]], new float[starts[rows]]);
        for (var block = 0; block < blocks.Length; block++)
        {
            blocks[block].Columns.CopyTo(columns, starts[block * RowsPerBlock]);
            blocks[block].Values.CopyTo(values, starts[block * RowsPerBlock]);
            blocks[block] = default; // lets go of the block: the peak is one copy and a bit
        }
        return new SparseRows(starts, columns, values);
    }
}
