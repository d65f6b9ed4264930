using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Numerics.Ranking;

/// <summary>
/// One byte per dimension. A step is four dimensions: four unsigned bytes of each of 32 items (the value plus 128), four signed ones of the
/// query within ±63, so that a sum of two products fits 16 bits and processors without dot products of bytes give the same integers.
/// Behind the query's bytes stands what the 128 adds up to. A score is the integer times the item's scale.
/// </summary>
internal readonly struct Int8Kernel : IBlockKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Score(ref byte block, ref float scales, ref int query, nint steps, float threshold, ref float scores) =>
        AvxVnni.IsSupported || Avx2.IsSupported
            ? Score256(ref block, ref scales, ref query, steps, threshold, ref scores)
            : ScoreScalar(ref block, ref scales, ref query, steps, threshold, ref scores);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Score256(ref byte items, ref float scales, ref int query, nint steps, float threshold, ref float scores)
    {
        var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        for (nint step = 0; step < steps; step++)
        {
            var factors = Vector256.Create(Unsafe.Add(ref query, step)).AsSByte();
            a = Add(a, Vector256.LoadUnsafe(ref items), factors);
            b = Add(b, Vector256.LoadUnsafe(ref items, 32), factors);
            c = Add(c, Vector256.LoadUnsafe(ref items, 64), factors);
            d = Add(d, Vector256.LoadUnsafe(ref items, 96), factors);
            items = ref Unsafe.Add(ref items, 4 * ItemBlocks.BlockSize);
        }
        var offset = Vector256.Create(Unsafe.Add(ref query, steps));
        return BlockScores.Keep(
            Vector256.ConvertToSingle(a - offset) * Vector256.LoadUnsafe(ref scales),
            Vector256.ConvertToSingle(b - offset) * Vector256.LoadUnsafe(ref scales, 8),
            Vector256.ConvertToSingle(c - offset) * Vector256.LoadUnsafe(ref scales, 16),
            Vector256.ConvertToSingle(d - offset) * Vector256.LoadUnsafe(ref scales, 24),
            threshold, ref scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add(Vector256<int> sums, Vector256<byte> items, Vector256<sbyte> factors) => AvxVnni.IsSupported
        ? AvxVnni.MultiplyWideningAndAdd(sums, items, factors)
        : sums + Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(items, factors), Vector256<short>.One);

    private static uint ScoreScalar(ref byte items, ref float scales, ref int query, nint steps, float threshold, ref float scores)
    {
        var values = MemoryMarshal.CreateSpan(ref scores, ItemBlocks.BlockSize);
        ref var factors = ref Unsafe.As<int, sbyte>(ref query);
        for (var i = 0; i < values.Length; i++)
        {
            var sum = 0;
            for (nint d = 0; d < 4 * steps; d++)
                sum += Unsafe.Add(ref items, d / 4 * (4 * ItemBlocks.BlockSize) + i * 4 + d % 4) * Unsafe.Add(ref factors, d);
            values[i] = (sum - Unsafe.Add(ref query, steps)) * Unsafe.Add(ref scales, i);
        }
        return BlockScores.Above(values, threshold);
    }
}
