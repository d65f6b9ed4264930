using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Ranking;

/// <summary>Item vectors as bytes with a scale per item: 1 byte per dimension and 4 per item. Meant to be scored again by the rows.</summary>
public sealed class Int8Blocks : ItemBlocks
{
    private const int Offset = 128;
    private const int QueryRange = 63; // 255 · 63 · 2 fits 16 bits

    /// <param name="blocks">As <see cref="Pack"/> makes them; may lie in a mapped file.</param>
    /// <param name="scales">Scale of each place, shape [blocks · 32].</param>
    /// <param name="itemCount">Items in the blocks.</param>
    /// <param name="dimensions">Length of a vector.</param>
    /// <param name="rows">
    /// The vectors in single precision, row-major, to score candidates by again; empty = they keep their rounded scores in arbitrary units.
    /// </param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public Int8Blocks(ReadOnlyMemory<byte> blocks, ReadOnlyMemory<float> scales, int itemCount, int dimensions, ReadOnlyMemory<float> rows = default)
        : base(itemCount, dimensions, rows)
    {
        if (blocks.Length != (long)BlockCount * BytesPerBlock || scales.Length != BlockCount * BlockSize)
            throw new ArgumentException(
                $"{blocks.Length} bytes and {scales.Length} scales cannot be {itemCount} items of {dimensions} dimensions.",
                nameof(blocks));
        (Blocks, Scales) = (blocks, scales);
    }

    /// <summary>Each value plus 128, shape [blocks, ceil(dimensions / 4), 32, 4].</summary>
    public ReadOnlyMemory<byte> Blocks { get; }

    /// <summary>Largest magnitude of each item over 127; NaN for an item that is not finite, which is never selected.</summary>
    public ReadOnlyMemory<float> Scales { get; }

    private int Steps => (Dimensions + 3) / 4;
    internal override int PreparedLength => Steps + 1;
    internal override long BytesPerBlock => (long)Steps * 4 * BlockSize;

    /// <param name="rows">Item vectors, row-major, shape [items, dimensions].</param>
    /// <param name="dimensions">Length of a vector, at least 1.</param>
    /// <param name="keepsRows">Whether candidates are scored again by <paramref name="rows"/>, which then stay in memory.</param>
    public static Int8Blocks Pack(ReadOnlyMemory<float> rows, int dimensions, bool keepsRows)
    {
        var values = rows.Span;
        var itemCount = BlockSizes.ItemCount(values, dimensions);
        var steps = (dimensions + 3) / 4;
        var blocks = new byte[checked(BlockSizes.Places(itemCount) * steps * 4)];
        Array.Fill(blocks, (byte)Offset);
        var scales = new float[BlockSizes.Places(itemCount)];
        for (var item = 0; item < itemCount; item++)
        {
            var row = values.Slice(item * dimensions, dimensions);
            var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(row));
            scales[item] = float.IsFinite(largest) ? largest / 127 : float.NaN;
            if (!(scales[item] > 0))
                continue;
            var block = blocks.AsSpan(item / BlockSize * BlockSize * steps * 4, BlockSize * steps * 4);
            for (var d = 0; d < dimensions; d++)
                block[d / 4 * 4 * BlockSize + item % BlockSize * 4 + d % 4] = (byte)(Offset + (int)MathF.Round(row[d] / scales[item]));
        }
        return new Int8Blocks(blocks, scales, itemCount, dimensions, keepsRows ? rows : default);
    }

    internal override void Prepare(ReadOnlySpan<float> query, Span<int> prepared)
    {
        prepared.Clear();
        var bytes = MemoryMarshal.Cast<int, sbyte>(prepared[..Steps]);
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(query));
        var sum = 0;
        for (var d = 0; d < query.Length && largest > 0; d++)
        {
            bytes[d] = (sbyte)MathF.Round(query[d] / largest * QueryRange);
            sum += bytes[d];
        }
        prepared[Steps] = Offset * sum;
    }

    internal override void Scan(
        ReadOnlySpan<int> prepared, int firstBlock, int endBlock, ReadOnlySpan<uint> excluded, ReadOnlySpan<int> ids, ref BestHeap heap) =>
        new BlockScan(
            ref MemoryMarshal.GetReference(Blocks.Span), ref MemoryMarshal.GetReference(Scales.Span),
            BytesPerBlock, prepared, Steps, ItemCount, excluded, ids).Run<Int8Kernel>(firstBlock, endBlock, ref heap);
}
