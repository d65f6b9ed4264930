using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Ranking;

/// <summary>A prepared query and the blocks it meets.</summary>
internal readonly ref struct BlockScan
{
    private readonly ref byte _items;
    private readonly ref float _scales;
    private readonly nint _bytesPerBlock;
    private readonly ReadOnlySpan<int> _query;
    private readonly nint _steps;
    private readonly int _count;
    private readonly ReadOnlySpan<uint> _excluded;
    private readonly ReadOnlySpan<int> _ids;

    /// <param name="items">First byte of the first block.</param>
    /// <param name="scales">Scale of the first item; a null reference for a storage without.</param>
    /// <param name="bytesPerBlock">From one block to the next.</param>
    /// <param name="query">The query as the kernel reads it.</param>
    /// <param name="steps">_steps of the kernel along the dimensions.</param>
    /// <param name="count">Places in the blocks, those that fill up the last left out.</param>
    /// <param name="excluded">A bit per item, 1 = never selected; empty = none excluded.</param>
    /// <param name="ids">Item at each place, -1 = none; empty = the place itself.</param>
    public BlockScan(
        ref byte items, ref float scales, long bytesPerBlock, ReadOnlySpan<int> query, int steps, int count,
        ReadOnlySpan<uint> excluded, ReadOnlySpan<int> ids)
    {
        _items = ref items;
        _scales = ref scales;
        (_bytesPerBlock, _steps, _count) = ((nint)bytesPerBlock, steps, count);
        _query = query;
        _excluded = excluded;
        _ids = ids;
    }

    /// <summary>Offers the items of some blocks to the heap: a mask of the scores above the heap's worst, and only those one by one.</summary>
    public void Run<TKernel>(int firstBlock, int endBlock, scoped ref BestHeap heap)
        where TKernel : struct, IBlockKernel
    {
        Span<float> scores = stackalloc float[ItemBlocks.BlockSize];
        ref var score = ref MemoryMarshal.GetReference(scores);
        ref var query = ref MemoryMarshal.GetReference(_query);
        var threshold = Least(heap);
        for (var block = firstBlock; block < endBlock; block++)
        {
            var allowed = Allowed(block);
            if (allowed == 0)
                continue;
            ref var scales = ref Unsafe.IsNullRef(ref _scales) ? ref _scales : ref Unsafe.Add(ref _scales, (nint)block * ItemBlocks.BlockSize);
            var above = TKernel.Score(ref Unsafe.Add(ref _items, block * _bytesPerBlock), ref scales, ref query, _steps, threshold, ref score);
            above &= allowed;
            if (above == 0)
                continue;
            Add(block * ItemBlocks.BlockSize, above, scores, ref heap);
            threshold = Least(heap);
        }
    }

    // Ids do not ascend: an equal score may still win by its id.
    private float Least(scoped in BestHeap heap) => _ids.IsEmpty ? heap.Threshold : MathF.BitDecrement(heap.Threshold);

    private void Add(int start, uint above, scoped ReadOnlySpan<float> scores, scoped ref BestHeap heap)
    {
        for (; above != 0; above &= above - 1)
        {
            var i = BitOperations.TrailingZeroCount(above);
            if (_ids.IsEmpty)
            {
                if (scores[i] > heap.Threshold)
                    heap.Add(scores[i], start + i);
            }
            else if (_ids[start + i] is var id and >= 0 && !IsExcluded(id))
            {
                heap.Offer(scores[i], id);
            }
        }
    }

    private uint Allowed(int block)
    {
        var left = _count - block * ItemBlocks.BlockSize;
        var there = left >= ItemBlocks.BlockSize ? uint.MaxValue : (1u << left) - 1;
        return _excluded.IsEmpty || !_ids.IsEmpty ? there : there & ~_excluded[block];
    }

    private bool IsExcluded(int item) => !_excluded.IsEmpty && (_excluded[item >> 5] >> (item & 31) & 1) != 0;
}
