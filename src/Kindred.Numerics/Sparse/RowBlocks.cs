using Kindred.Numerics.Threading;

namespace Kindred.Numerics.Sparse;

/// <summary>Computes rows block by block on several threads and joins the blocks in order.</summary>
internal static class RowBlocks
{
    private const int RowsPerBlock = 64;

    /// <param name="rows">Number of rows.</param>
    /// <param name="maxPerRow">Entries that a row keeps.</param>
    /// <param name="threads">Threads, the caller's included.</param>
    /// <param name="createScratch">Makes what one thread works with.</param>
    /// <param name="fill">Offers the entries of a row; leaves the scratch as it found it.</param>
    /// <param name="cancellationToken">Looked at before every row: one row of a popular item may take milliseconds.</param>
    public static SparseRows Build<TScratch>(
        int rows, int maxPerRow, int threads, Func<TScratch> createScratch,
        Action<int, TScratch, LargestEntries> fill, CancellationToken cancellationToken)
        where TScratch : class
    {
        var scratches = new (TScratch? Scratch, LargestEntries Largest, int[] Columns, float[] Values)[threads];
        var blocks = new (int[] Lengths, int[] Columns, float[] Values)[(rows + RowsPerBlock - 1) / RowsPerBlock];
        Workers.ForBlocks(rows, RowsPerBlock, threads, (worker, from, to) =>
        {
            ref var mine = ref scratches[worker];
            if (mine.Scratch is null)
                mine = (createScratch(), new LargestEntries(maxPerRow), [], []);
            var (lengths, count) = (new int[to - from], 0);
            for (var row = from; row < to; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                fill(row, mine.Scratch!, mine.Largest);
                lengths[row - from] = mine.Largest.Take(ref mine.Columns, ref mine.Values, count);
                count += lengths[row - from];
            }
            blocks[from / RowsPerBlock] = (lengths, mine.Columns[..count], mine.Values[..count]);
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
