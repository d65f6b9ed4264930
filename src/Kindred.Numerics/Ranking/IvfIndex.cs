using System.Runtime.InteropServices;

namespace Kindred.Numerics.Ranking;

/// <summary>
/// An inverted file (Jégou et al., <i>Product quantization for nearest neighbor search</i>, 2011, without the quantization): items in lists
/// around the centres of k-means; a query looks through the lists whose centres have the largest inner products with it. Approximate.
/// </summary>
public sealed class IvfIndex : IItemIndex
{
    private const int MaxOnStack = 1024;

    private readonly SingleBlocks _centres;
    private readonly SingleBlocks _items;
    private readonly int[] _listStarts; // in blocks, shape [lists + 1]
    private readonly int[] _ids; // item at each place, -1 = none
    private readonly int _probes;

    private IvfIndex(int itemCount, SingleBlocks centres, SingleBlocks items, int[] listStarts, int[] ids, int probes) =>
        (ItemCount, _centres, _items, _listStarts, _ids, _probes) = (itemCount, centres, items, listStarts, ids, probes);

    public int ItemCount { get; }
    public int Dimensions => _items.Dimensions;
    public int ListCount => _centres.ItemCount;

    /// <param name="rows">Item vectors, row-major, shape [items, dimensions].</param>
    /// <param name="dimensions">Length of a vector, at least 1.</param>
    /// <param name="options">Size and effort.</param>
    /// <param name="seed">Seed of k-means.</param>
    /// <param name="threads">Threads, the caller's included. The result does not depend on them.</param>
    /// <param name="cancellationToken">Looked at between blocks of items.</param>
    public static IvfIndex Build(
        ReadOnlyMemory<float> rows, int dimensions, IvfOptions options, int seed, int threads, CancellationToken cancellationToken = default)
    {
        var itemCount = BlockSizes.ItemCount(rows.Span, dimensions);
        var lists = options.Lists > 0 ? options.Lists : ((int)Math.Sqrt(itemCount) + 31) / 32 * 32;
        lists = Math.Max(1, Math.Min(lists, itemCount));
        if (itemCount == 0)
            return new IvfIndex(0, SingleBlocks.Pack([], dimensions), SingleBlocks.Pack([], dimensions), [0], [], options.Probes);
        var sample = Sample(rows.Span, dimensions, Math.Min(itemCount, lists * options.SamplePerList));
        var centres = KMeans.Train(sample, dimensions, lists, options.Rounds, seed, threads, cancellationToken);
        var assigned = new int[itemCount];
        KMeans.Assign(rows, dimensions, centres, assigned, threads, cancellationToken);

        var (listStarts, ids) = Arrange(assigned, lists);
        var arranged = new float[(long)ids.Length * dimensions];
        for (var place = 0; place < ids.Length; place++)
        {
            if (ids[place] >= 0)
                rows.Span.Slice(ids[place] * dimensions, dimensions).CopyTo(arranged.AsSpan(place * dimensions));
        }
        return new IvfIndex(
            itemCount, SingleBlocks.Pack(centres, dimensions), SingleBlocks.Pack(arranged, dimensions), listStarts, ids, Math.Max(1, options.Probes));
    }

    /// <inheritdoc/>
    public int Select(ReadOnlySpan<float> query, ReadOnlySpan<ulong> excluded, Span<int> best, Span<float> scores = default) =>
        Select(query, excluded, best, scores, _probes);

    /// <summary>As the other, through <paramref name="probes"/> lists; as many as there are makes it exact.</summary>
    public int Select(ReadOnlySpan<float> query, ReadOnlySpan<ulong> excluded, Span<int> best, Span<float> scores, int probes)
    {
        Shapes.ThrowIfDifferent(query.Length, Dimensions);
        if (!scores.IsEmpty)
            Shapes.ThrowIfDifferent(scores.Length, best.Length);
        if (!excluded.IsEmpty && excluded.Length < (ItemCount + 63) / 64)
            throw new ArgumentException($"The bitmap has {excluded.Length} words for {ItemCount} items.", nameof(excluded));
        if (best.IsEmpty || !ItemBlocks.IsFinite(query))
            return 0;
        Span<int> lists = probes <= MaxOnStack ? stackalloc int[probes] : new int[probes];
        Span<int> prepared = Dimensions <= MaxOnStack ? stackalloc int[Dimensions] : new int[Dimensions];
        Span<float> kept = best.Length <= MaxOnStack ? stackalloc float[best.Length] : new float[best.Length];
        _items.Prepare(query, prepared);
        var heap = new BestHeap(kept, best);
        foreach (var list in lists[.._centres.Select(query, [], lists)])
            _items.Scan(prepared, _listStarts[list], _listStarts[list + 1], MemoryMarshal.Cast<ulong, uint>(excluded), _ids, ref heap);
        var found = heap.Drain();
        if (!scores.IsEmpty)
            kept[..found].CopyTo(scores);
        return found;
    }

    /// <summary>Rows at even distances: items of one supplier or period stand together, so neighbouring rows would be one-sided.</summary>
    private static float[] Sample(ReadOnlySpan<float> rows, int dimensions, int count)
    {
        var sample = new float[count * dimensions];
        long all = rows.Length / dimensions;
        for (var i = 0; i < count; i++)
            rows.Slice((int)(i * all / count) * dimensions, dimensions).CopyTo(sample.AsSpan(i * dimensions));
        return sample;
    }

    /// <summary>Items by list, ascending in each, every list filled up to whole blocks.</summary>
    private static (int[] Starts, int[] Ids) Arrange(int[] assigned, int lists)
    {
        var starts = new int[lists + 1];
        foreach (var list in assigned)
            starts[list + 1]++;
        for (var list = 0; list < lists; list++)
            starts[list + 1] = starts[list] + BlockSizes.Places(starts[list + 1]) / ItemBlocks.BlockSize;
        var ids = new int[starts[lists] * ItemBlocks.BlockSize];
        Array.Fill(ids, -1);
        var next = Array.ConvertAll(starts[..lists], block => block * ItemBlocks.BlockSize);
        for (var item = 0; item < assigned.Length; item++)
            ids[next[assigned[item]]++] = item;
        return (starts, ids);
    }
}
