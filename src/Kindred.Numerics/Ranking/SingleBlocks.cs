using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Ranking;

/// <summary>Item vectors in single precision: 4 bytes per dimension, exact.</summary>
public sealed class SingleBlocks : ItemBlocks
{
    /// <param name="blocks">As <see cref="Pack"/> makes them; may lie in a mapped file.</param>
    /// <param name="itemCount">Items in the blocks.</param>
    /// <param name="dimensions">Length of a vector.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public SingleBlocks(ReadOnlyMemory<float> blocks, int itemCount, int dimensions) : base(itemCount, dimensions, default)
    {
        if (blocks.Length != (long)BlockCount * BlockSize * dimensions)
            throw new ArgumentException($"{blocks.Length} values cannot be {itemCount} items of {dimensions} dimensions.", nameof(blocks));
        Blocks = blocks;
    }

    /// <summary>Shape [blocks, dimensions, 32].</summary>
    public ReadOnlyMemory<float> Blocks { get; }

    internal override int PreparedLength => Dimensions;
    internal override long BytesPerBlock => (long)Dimensions * BlockSize * sizeof(float);

    /// <param name="rows">Item vectors, row-major, shape [items, dimensions].</param>
    /// <param name="dimensions">Length of a vector, at least 1.</param>
    public static SingleBlocks Pack(ReadOnlySpan<float> rows, int dimensions)
    {
        var itemCount = BlockSizes.ItemCount(rows, dimensions);
        var blocks = GC.AllocateUninitializedArray<float>(checked(BlockSizes.Places(itemCount) * dimensions));
        for (var place = 0; place < BlockSizes.Places(itemCount); place++)
        {
            var block = blocks.AsSpan(place / BlockSize * BlockSize * dimensions, BlockSize * dimensions);
            for (var d = 0; d < dimensions; d++)
                block[d * BlockSize + place % BlockSize] = place < itemCount ? rows[place * dimensions + d] : 0;
        }
        return new SingleBlocks(blocks, itemCount, dimensions);
    }

    internal override void Prepare(ReadOnlySpan<float> query, Span<int> prepared) => MemoryMarshal.Cast<float, int>(query).CopyTo(prepared);

    internal override ReadOnlySpan<float> Floats(int block, Span<float> scratch) => Stored(block);

    internal override ReadOnlySpan<float> Stored(int block) => Blocks.Span.Slice(block * BlockSize * Dimensions, BlockSize * Dimensions);

    internal override void Scan(
        ReadOnlySpan<int> prepared, int firstBlock, int endBlock, ReadOnlySpan<uint> excluded, ReadOnlySpan<int> ids, ref BestHeap heap) =>
        new BlockScan(
            ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(Blocks.Span)), ref Unsafe.NullRef<float>(),
            BytesPerBlock, prepared, Dimensions, ItemCount, excluded, ids).Run<SingleKernel>(firstBlock, endBlock, ref heap);
}
