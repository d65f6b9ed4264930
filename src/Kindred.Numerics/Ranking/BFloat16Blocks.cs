using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Ranking;

/// <summary>Item vectors as the upper halves of floats: 2 bytes per dimension, relative error of a factor up to 2^-9.</summary>
public sealed class BFloat16Blocks : ItemBlocks
{
    /// <param name="blocks">As <see cref="Pack"/> makes them; may lie in a mapped file.</param>
    /// <param name="itemCount">Items in the blocks.</param>
    /// <param name="dimensions">Length of a vector.</param>
    /// <param name="rows">The vectors in single precision, row-major, to score candidates by again; empty = they keep the rounded scores.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public BFloat16Blocks(ReadOnlyMemory<int> blocks, int itemCount, int dimensions, ReadOnlyMemory<float> rows = default)
        : base(itemCount, dimensions, rows)
    {
        if (blocks.Length != (long)BlockCount * BlockSize * Steps)
            throw new ArgumentException($"{blocks.Length} words cannot be {itemCount} items of {dimensions} dimensions.", nameof(blocks));
        Blocks = blocks;
    }

    /// <summary>Two dimensions in each word, the even one in the lower half, shape [blocks, ceil(dimensions / 2), 32].</summary>
    public ReadOnlyMemory<int> Blocks { get; }

    private int Steps => (Dimensions + 1) / 2;
    internal override int PreparedLength => 2 * Steps;
    internal override long BytesPerBlock => (long)Steps * BlockSize * sizeof(int);

    /// <param name="rows">Item vectors, row-major, shape [items, dimensions].</param>
    /// <param name="dimensions">Length of a vector, at least 1.</param>
    /// <param name="keepsRows">Whether candidates are scored again by <paramref name="rows"/>, which then stay in memory.</param>
    public static BFloat16Blocks Pack(ReadOnlyMemory<float> rows, int dimensions, bool keepsRows)
    {
        var values = rows.Span;
        var itemCount = BlockSizes.ItemCount(values, dimensions);
        var steps = (dimensions + 1) / 2;
        var blocks = new int[checked(BlockSizes.Places(itemCount) * steps)];
        for (var item = 0; item < itemCount; item++)
        {
            var row = values.Slice(item * dimensions, dimensions);
            var block = blocks.AsSpan(item / BlockSize * BlockSize * steps, BlockSize * steps);
            for (var d = 0; d < dimensions; d++)
                block[d / 2 * BlockSize + item % BlockSize] |= (int)(Round(row[d]) << (d % 2 * 16));
        }
        return new BFloat16Blocks(blocks, itemCount, dimensions, keepsRows ? rows : default);
    }

    /// <summary>The upper half, rounded to nearest, ties to even; NaN stays NaN.</summary>
    internal static uint Round(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? 0x7FC0 : (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
    }

    internal override void Prepare(ReadOnlySpan<float> query, Span<int> prepared)
    {
        prepared.Clear();
        MemoryMarshal.Cast<float, int>(query).CopyTo(prepared);
    }

    internal override ReadOnlySpan<float> Floats(int block, Span<float> scratch)
    {
        var words = Blocks.Span.Slice(block * BlockSize * Steps, BlockSize * Steps);
        var bits = MemoryMarshal.Cast<float, int>(scratch);
        for (var step = 0; step < Steps; step++)
        {
            var both = words.Slice(step * BlockSize, BlockSize);
            var even = bits.Slice(2 * step * BlockSize, BlockSize);
            var odd = bits.Slice((2 * step + 1) * BlockSize, BlockSize);
            TensorPrimitives.ShiftLeft(both, 16, even);
            TensorPrimitives.BitwiseAnd(both, unchecked((int)BFloat16Kernel.UpperHalf), odd);
        }
        return scratch;
    }

    internal override ReadOnlySpan<float> Stored(int block) =>
        MemoryMarshal.Cast<int, float>(Blocks.Span.Slice(block * BlockSize * Steps, BlockSize * Steps));

    internal override void Scan(
        ReadOnlySpan<int> prepared, int firstBlock, int endBlock, ReadOnlySpan<uint> excluded, ReadOnlySpan<int> ids, ref BestHeap heap) =>
        new BlockScan(
            ref Unsafe.As<int, byte>(ref MemoryMarshal.GetReference(Blocks.Span)), ref Unsafe.NullRef<float>(),
            BytesPerBlock, prepared, Steps, ItemCount, excluded, ids).Run<BFloat16Kernel>(firstBlock, endBlock, ref heap);
}
