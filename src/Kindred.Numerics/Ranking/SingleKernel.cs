using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics.Ranking;

/// <summary>
/// Single precision. A step is one dimension: 32 floats of the block, one of the query. Each score is one chain of fused additions in
/// the order of the dimensions, so it has the same bits at every vector width, alone and in a batch.
/// </summary>
internal readonly struct SingleKernel : IBlockKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Score(ref byte block, ref float scales, ref int query, nint steps, float threshold, ref float scores)
    {
        ref var items = ref Unsafe.As<byte, float>(ref block);
        ref var factors = ref Unsafe.As<int, float>(ref query);
        return Simd.Width switch
        {
            SimdWidth.Vector512 => Score512(ref items, ref factors, steps, threshold, ref scores),
            SimdWidth.Vector256 => Score256(ref items, ref factors, steps, threshold, ref scores),
            _ => ScoreScalar(ref items, ref factors, steps, threshold, ref scores),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Score512(ref float items, ref float factors, nint steps, float threshold, ref float scores)
    {
        var (a, b) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (nint d = 0; d < steps; d++)
        {
            var factor = Vector512.Create(Unsafe.Add(ref factors, d));
            a = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref items), a);
            b = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref items, 16), b);
            items = ref Unsafe.Add(ref items, ItemBlocks.BlockSize);
        }
        return BlockScores.Keep(a, b, threshold, ref scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Score256(ref float items, ref float factors, nint steps, float threshold, ref float scores)
    {
        var (a, b, c, e) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (nint d = 0; d < steps; d++)
        {
            var factor = Vector256.Create(Unsafe.Add(ref factors, d));
            a = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref items), a);
            b = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref items, 8), b);
            c = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref items, 16), c);
            e = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref items, 24), e);
            items = ref Unsafe.Add(ref items, ItemBlocks.BlockSize);
        }
        return BlockScores.Keep(a, b, c, e, threshold, ref scores);
    }

    private static uint ScoreScalar(ref float items, ref float factors, nint steps, float threshold, ref float scores)
    {
        var sums = MemoryMarshal.CreateSpan(ref scores, ItemBlocks.BlockSize);
        sums.Clear();
        for (nint d = 0; d < steps; d++)
        {
            for (var i = 0; i < sums.Length; i++)
                sums[i] = MathF.FusedMultiplyAdd(Unsafe.Add(ref factors, d), Unsafe.Add(ref items, d * ItemBlocks.BlockSize + i), sums[i]);
        }
        return BlockScores.Above(sums, threshold);
    }
}
