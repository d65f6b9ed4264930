using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Ranking;

/// <summary>
/// Item vectors laid out for finding the largest inner products: blocks of 32 items, dimension by dimension. Twin:
/// <see cref="InnerProductReference"/>. Safe for any number of concurrent callers.
/// </summary>
/// <remarks>Exact in single precision; the other storages find candidates, which are scored again exactly where the rows are given.</remarks>
public abstract class ItemBlocks : IItemIndex
{
    /// <summary>Items of a block: the bits of one word of a filter bitmap.</summary>
    public const int BlockSize = 32;

    private const int BytesPerTile = 1 << 18; // of a batch: a tile stays in the cache of the core while all queries meet it
    private const int MaxOnStack = 1024;

    private readonly ReadOnlyMemory<float> _rows;

    private protected ItemBlocks(int itemCount, int dimensions, ReadOnlyMemory<float> rows)
    {
        if (!rows.IsEmpty)
            Shapes.ThrowIfDifferent(rows.Length, checked(itemCount * dimensions));
        (ItemCount, Dimensions, _rows) = (itemCount, dimensions, rows);
    }

    public int ItemCount { get; }

    public int Dimensions { get; }

    /// <summary>Blocks of the storage, the last one filled up with zeros.</summary>
    public int BlockCount => (int)(((long)ItemCount + BlockSize - 1) / BlockSize);

    /// <summary>Length of a prepared query.</summary>
    internal abstract int PreparedLength { get; }

    internal abstract long BytesPerBlock { get; }

    /// <summary>Finds the items with the largest inner products with the query, best first; equal ones by ascending index.</summary>
    /// <param name="query">Shape [dimensions]. One that is not finite finds nothing.</param>
    /// <param name="excluded">A bit per item, 1 = never selected, shape [ceil(items / 64)]; empty = none excluded.</param>
    /// <param name="best">Receives item indices; its length is the most that are wanted.</param>
    /// <param name="scores">Receives their inner products, as long as <paramref name="best"/>; empty = not wanted.</param>
    /// <returns>How many were found. Items whose score is NaN or negative infinity are not.</returns>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <remarks>Allocates nothing up to 1,024 wanted and dimensions (256 wanted where candidates are scored again).</remarks>
    public int Select(ReadOnlySpan<float> query, ReadOnlySpan<ulong> excluded, Span<int> best, Span<float> scores = default)
    {
        Check(query.Length, excluded, best.Length, scores);
        if (best.IsEmpty || !IsFinite(query))
            return 0;
        Span<int> prepared = PreparedLength <= MaxOnStack ? stackalloc int[PreparedLength] : new int[PreparedLength];
        Prepare(query, prepared);
        var wanted = Candidates(best.Length);
        Span<float> candidateScores = wanted <= MaxOnStack ? stackalloc float[wanted] : new float[wanted];
        Span<int> candidates = wanted == best.Length ? best : wanted <= MaxOnStack ? stackalloc int[wanted] : new int[wanted];
        var heap = new BestHeap(candidateScores, candidates);
        Scan(prepared, 0, BlockCount, MemoryMarshal.Cast<ulong, uint>(excluded), [], ref heap);
        return Finish(query, ref heap, candidates, candidateScores, best, scores);
    }

    /// <summary>Finds the best items of several queries; each gets what it would get alone.</summary>
    /// <param name="queries">Row-major, shape [queries, dimensions].</param>
    /// <param name="excluded">A bit per item, 1 = never selected, for all queries; empty = none excluded.</param>
    /// <param name="most">Items wanted of each query.</param>
    /// <param name="best">Receives item indices, shape [queries, most].</param>
    /// <param name="scores">Receives their inner products, shape [queries, most].</param>
    /// <param name="counts">Receives how many items each query found, shape [queries].</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <remarks>Reads the items once for all queries. Allocates 8 bytes per query and candidate.</remarks>
    public void SelectBatch(ReadOnlySpan<float> queries, ReadOnlySpan<ulong> excluded, int most, Span<int> best, Span<float> scores, Span<int> counts)
    {
        Shapes.ThrowIfDifferent(queries.Length, counts.Length * Dimensions);
        Shapes.ThrowIfDifferent(best.Length, counts.Length * most);
        Check(Dimensions, excluded, best.Length, scores);
        if (most == 0 || counts.IsEmpty)
        {
            counts.Clear();
            return;
        }
        var (wanted, length) = (Candidates(most), PreparedLength);
        var (prepared, found) = (new int[counts.Length * length], new int[counts.Length]);
        var (candidates, candidateScores) = (new int[counts.Length * wanted], new float[counts.Length * wanted]);
        for (var q = 0; q < counts.Length; q++)
            Prepare(queries.Slice(q * Dimensions, Dimensions), prepared.AsSpan(q * length, length));
        var bits = MemoryMarshal.Cast<ulong, uint>(excluded);
        var scratch = new float[length * BlockSize];
        if (BlockCount > 0 && Floats(0, scratch).IsEmpty)
            ScanInTurn(prepared, candidates, candidateScores, found, bits);
        else
            ScanTogether(prepared, candidates, candidateScores, found, bits, scratch);
        for (var q = 0; q < counts.Length; q++)
        {
            var query = queries.Slice(q * Dimensions, Dimensions);
            var mine = candidates.AsSpan(q * wanted, wanted);
            var myScores = candidateScores.AsSpan(q * wanted, wanted);
            var heap = new BestHeap(myScores, mine, IsFinite(query) ? found[q] : 0);
            counts[q] = Finish(query, ref heap, mine, myScores, best.Slice(q * most, most), scores.Slice(q * most, most));
        }
    }

    /// <summary>Writes the query as the kernel reads it.</summary>
    internal abstract void Prepare(ReadOnlySpan<float> query, Span<int> prepared);

    /// <summary>Offers the items of some blocks to the heap.</summary>
    internal abstract void Scan(
        ReadOnlySpan<int> prepared, int firstBlock, int endBlock, ReadOnlySpan<uint> excluded, ReadOnlySpan<int> ids, ref BestHeap heap);

    /// <summary>
    /// A block in single precision, shape [<see cref="PreparedLength"/>, 32], for the prepared queries as they are; empty where these are no floats.
    /// <paramref name="scratch"/> has room for it.
    /// </summary>
    internal virtual ReadOnlySpan<float> Floats(int block, Span<float> scratch) => [];

    /// <summary>The memory of a block, to be fetched ahead.</summary>
    internal virtual ReadOnlySpan<float> Stored(int block) => [];

    private void ScanTogether(int[] prepared, int[] candidates, float[] candidateScores, int[] found, ReadOnlySpan<uint> excluded, float[] scratch)
    {
        var scan = new BatchScan(MemoryMarshal.Cast<int, float>(prepared), PreparedLength, candidateScores, candidates, found);
        for (var block = 0; block < BlockCount; block++)
        {
            var left = ItemCount - block * BlockSize;
            var allowed = (left >= BlockSize ? uint.MaxValue : (1u << left) - 1) & (excluded.IsEmpty ? uint.MaxValue : ~excluded[block]);
            if (allowed != 0)
                scan.Offer(Floats(block, scratch), block + 1 < BlockCount ? Stored(block + 1) : default, block * BlockSize, allowed);
        }
    }

    private void ScanInTurn(int[] prepared, int[] candidates, float[] candidateScores, int[] found, ReadOnlySpan<uint> excluded)
    {
        var (tile, wanted) = ((int)Math.Max(1, BytesPerTile / BytesPerBlock), candidates.Length / found.Length);
        for (var block = 0; block < BlockCount; block += tile)
        {
            for (var q = 0; q < found.Length; q++)
            {
                var heap = new BestHeap(candidateScores.AsSpan(q * wanted, wanted), candidates.AsSpan(q * wanted, wanted), found[q]);
                Scan(prepared.AsSpan(q * PreparedLength, PreparedLength), block, Math.Min(BlockCount, block + tile), excluded, [], ref heap);
                found[q] = heap.Count;
            }
        }
    }

    /// <summary>Candidates that are scored again: enough that rounding does not lose one that belongs among the best.</summary>
    private int Candidates(int wanted) => _rows.IsEmpty ? wanted : Math.Min(ItemCount, Math.Max(4 * wanted, 256));

    private int Finish(
        ReadOnlySpan<float> query, scoped ref BestHeap heap, Span<int> candidates, Span<float> candidateScores, Span<int> best, Span<float> scores)
    {
        if (_rows.IsEmpty)
        {
            var all = heap.Drain();
            candidates[..all].CopyTo(best);
            if (!scores.IsEmpty)
                candidateScores[..all].CopyTo(scores);
            return all;
        }
        var rows = _rows.Span;
        Span<float> exact = best.Length <= MaxOnStack ? stackalloc float[best.Length] : new float[best.Length];
        var again = new BestHeap(exact, best);
        foreach (var item in candidates[..heap.Count])
            again.Offer(InnerProduct(query, rows.Slice(item * Dimensions, Dimensions)), item);
        var found = again.Drain();
        if (!scores.IsEmpty)
            exact[..found].CopyTo(scores);
        return found;
    }

    // One chain of fused additions, as the kernel in single precision does: the score of an item has the same bits whatever found it.
    private static float InnerProduct(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = 0f;
        for (var i = 0; i < x.Length; i++)
            sum = MathF.FusedMultiplyAdd(x[i], y[i], sum);
        return sum;
    }

    private void Check(int queryLength, ReadOnlySpan<ulong> excluded, int wanted, ReadOnlySpan<float> scores)
    {
        Shapes.ThrowIfDifferent(queryLength, Dimensions);
        if (!scores.IsEmpty)
            Shapes.ThrowIfDifferent(scores.Length, wanted);
        if (!excluded.IsEmpty && excluded.Length < (ItemCount + 63) / 64)
            throw new ArgumentException($"The bitmap has {excluded.Length} words for {ItemCount} items.", nameof(excluded));
    }

    // The largest magnitude of what holds a NaN is NaN.
    internal static bool IsFinite(ReadOnlySpan<float> query) => query.IsEmpty || float.IsFinite(TensorPrimitives.MaxMagnitude(query));
}
