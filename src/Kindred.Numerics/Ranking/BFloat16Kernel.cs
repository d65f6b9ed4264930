using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics.Ranking;

/// <summary>
/// The upper half of each float. A step is two dimensions: 32 words of the block, the even dimension in the lower half of each, and two
/// floats of the query. Widened in registers; scores add up in the order of the dimensions, the same bits at every vector width.
/// </summary>
internal readonly struct BFloat16Kernel : IBlockKernel
{
    internal const uint UpperHalf = 0xFFFF0000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Score(ref byte block, ref float scales, ref int query, nint steps, float threshold, ref float scores)
    {
        ref var items = ref Unsafe.As<byte, uint>(ref block);
        ref var factors = ref Unsafe.As<int, float>(ref query);
        return Simd.Width switch
        {
            SimdWidth.Vector512 => Score512(ref items, ref factors, steps, threshold, ref scores),
            SimdWidth.Vector256 => Score256(ref items, ref factors, steps, threshold, ref scores),
            _ => ScoreScalar(ref items, ref factors, steps, threshold, ref scores),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Score512(ref uint items, ref float factors, nint steps, float threshold, ref float scores)
    {
        var upper = Vector512.Create(UpperHalf);
        var (a, b) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (nint step = 0; step < steps; step++)
        {
            var (even, odd) = (Vector512.Create(factors), Vector512.Create(Unsafe.Add(ref factors, 1)));
            var (x, y) = (Vector512.LoadUnsafe(ref items), Vector512.LoadUnsafe(ref items, 16));
            a = Vector512.FusedMultiplyAdd(even, (x << 16).AsSingle(), a);
            b = Vector512.FusedMultiplyAdd(even, (y << 16).AsSingle(), b);
            a = Vector512.FusedMultiplyAdd(odd, (x & upper).AsSingle(), a);
            b = Vector512.FusedMultiplyAdd(odd, (y & upper).AsSingle(), b);
            items = ref Unsafe.Add(ref items, ItemBlocks.BlockSize);
            factors = ref Unsafe.Add(ref factors, 2);
        }
        return BlockScores.Keep(a, b, threshold, ref scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Score256(ref uint items, ref float factors, nint steps, float threshold, ref float scores)
    {
        var upper = Vector256.Create(UpperHalf);
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (nint step = 0; step < steps; step++)
        {
            var (even, odd) = (Vector256.Create(factors), Vector256.Create(Unsafe.Add(ref factors, 1)));
            var (x, y) = (Vector256.LoadUnsafe(ref items), Vector256.LoadUnsafe(ref items, 8));
            var (z, w) = (Vector256.LoadUnsafe(ref items, 16), Vector256.LoadUnsafe(ref items, 24));
            a = Vector256.FusedMultiplyAdd(even, (x << 16).AsSingle(), a);
            b = Vector256.FusedMultiplyAdd(even, (y << 16).AsSingle(), b);
            c = Vector256.FusedMultiplyAdd(even, (z << 16).AsSingle(), c);
            d = Vector256.FusedMultiplyAdd(even, (w << 16).AsSingle(), d);
            a = Vector256.FusedMultiplyAdd(odd, (x & upper).AsSingle(), a);
            b = Vector256.FusedMultiplyAdd(odd, (y & upper).AsSingle(), b);
            c = Vector256.FusedMultiplyAdd(odd, (z & upper).AsSingle(), c);
            d = Vector256.FusedMultiplyAdd(odd, (w & upper).AsSingle(), d);
            items = ref Unsafe.Add(ref items, ItemBlocks.BlockSize);
            factors = ref Unsafe.Add(ref factors, 2);
        }
        return BlockScores.Keep(a, b, c, d, threshold, ref scores);
    }

    private static uint ScoreScalar(ref uint items, ref float factors, nint steps, float threshold, ref float scores)
    {
        var sums = MemoryMarshal.CreateSpan(ref scores, ItemBlocks.BlockSize);
        sums.Clear();
        for (nint step = 0; step < steps; step++)
        {
            var (even, odd) = (Unsafe.Add(ref factors, 2 * step), Unsafe.Add(ref factors, 2 * step + 1));
            for (var i = 0; i < sums.Length; i++)
            {
                var word = Unsafe.Add(ref items, step * ItemBlocks.BlockSize + i);
                sums[i] = MathF.FusedMultiplyAdd(even, BitConverter.UInt32BitsToSingle(word << 16), sums[i]);
                sums[i] = MathF.FusedMultiplyAdd(odd, BitConverter.UInt32BitsToSingle(word & UpperHalf), sums[i]);
            }
        }
        return BlockScores.Above(sums, threshold);
    }
}
