using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Numerics.Ranking;

/// <summary>Several prepared queries that meet the blocks together, one block at a time and a tile of queries after the other.</summary>
/// <param name="queries">Row-major, shape [queries, dimensions].</param>
/// <param name="dimensions">Rows of a block.</param>
/// <param name="scores">Kept scores, shape [queries, most].</param>
/// <param name="items">Kept items, shape [queries, most].</param>
/// <param name="counts">How many each query keeps so far, shape [queries].</param>
internal readonly unsafe ref struct BatchScan(ReadOnlySpan<float> queries, int dimensions, Span<float> scores, Span<int> items, Span<int> counts)
{
    private const int FloatsPerLine = 16;

    private readonly ReadOnlySpan<float> _queries = queries;
    private readonly Span<float> _scores = scores;
    private readonly Span<int> _items = items;
    private readonly Span<int> _counts = counts;
    private readonly Span<float> _thresholds = Lowest(counts.Length);
    private readonly int _most = scores.Length / counts.Length;

    /// <summary>Offers the items of a block to all queries.</summary>
    /// <param name="block">Shape [dimensions, 32].</param>
    /// <param name="next">The block that comes next, which is fetched meanwhile; may be empty.</param>
    /// <param name="start">First item of the block.</param>
    /// <param name="allowed">A bit per item, 1 = may be selected.</param>
    public void Offer(ReadOnlySpan<float> block, ReadOnlySpan<float> next, int start, uint allowed)
    {
        var tile = stackalloc float[QueryTile.Queries * ItemBlocks.BlockSize];
        var share = next.Length * QueryTile.Queries / _counts.Length + FloatsPerLine;
        fixed (float* query = _queries, values = block, following = next)
        {
            for (int from = 0, fetched = 0; from < _counts.Length; from += QueryTile.Queries)
            {
                var end = Math.Min(next.Length, fetched + share);
                for (; fetched < end && Sse.IsSupported; fetched += FloatsPerLine)
                    Sse.Prefetch0(following + fetched);
                var count = Math.Min(QueryTile.Queries, _counts.Length - from);
                QueryTile.Score(query + (nint)from * dimensions, count, dimensions, values, tile);
                for (var q = 0; q < count; q++)
                {
                    var mine = new ReadOnlySpan<float>(tile + q * ItemBlocks.BlockSize, ItemBlocks.BlockSize);
                    var above = BlockScores.Above(mine, _thresholds[from + q]) & allowed;
                    if (above != 0)
                        Add(from + q, mine, start, above);
                }
            }
        }
    }

    private void Add(int q, ReadOnlySpan<float> values, int start, uint above)
    {
        var heap = new BestHeap(_scores.Slice(q * _most, _most), _items.Slice(q * _most, _most), _counts[q]);
        for (; above != 0; above &= above - 1)
        {
            var i = BitOperations.TrailingZeroCount(above);
            if (values[i] > heap.Threshold)
                heap.Add(values[i], start + i);
        }
        (_counts[q], _thresholds[q]) = (heap.Count, heap.Threshold);
    }

    private static float[] Lowest(int count)
    {
        var thresholds = new float[count];
        Array.Fill(thresholds, float.NegativeInfinity);
        return thresholds;
    }
}
