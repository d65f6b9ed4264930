using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics.Ranking;

/// <summary>The end of a block: which of its 32 scores are above the threshold. They are stored only if one is.</summary>
internal static class BlockScores
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Keep(Vector512<float> a, Vector512<float> b, float threshold, ref float scores)
    {
        var least = Vector512.Create(threshold);
        var above = (uint)Vector512.GreaterThan(a, least).ExtractMostSignificantBits()
            | (uint)Vector512.GreaterThan(b, least).ExtractMostSignificantBits() << 16;
        if (above != 0)
        {
            a.StoreUnsafe(ref scores);
            b.StoreUnsafe(ref scores, 16);
        }
        return above;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Keep(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float threshold, ref float scores)
    {
        var least = Vector256.Create(threshold);
        var above = Vector256.GreaterThan(a, least).ExtractMostSignificantBits()
            | Vector256.GreaterThan(b, least).ExtractMostSignificantBits() << 8
            | Vector256.GreaterThan(c, least).ExtractMostSignificantBits() << 16
            | Vector256.GreaterThan(d, least).ExtractMostSignificantBits() << 24;
        if (above != 0)
        {
            a.StoreUnsafe(ref scores);
            b.StoreUnsafe(ref scores, 8);
            c.StoreUnsafe(ref scores, 16);
            d.StoreUnsafe(ref scores, 24);
        }
        return above;
    }

    /// <summary>The same for 32 scores that are in memory.</summary>
    public static uint Above(ReadOnlySpan<float> scores, float threshold)
    {
        var above = 0u;
        if (Vector256.IsHardwareAccelerated)
        {
            var least = Vector256.Create(threshold);
            for (var i = 0; i < scores.Length; i += Vector256<float>.Count)
                above |= Vector256.GreaterThan(Vector256.Create(scores[i..]), least).ExtractMostSignificantBits() << i;
            return above;
        }
        for (var i = 0; i < scores.Length; i++)
            above |= scores[i] > threshold ? 1u << i : 0;
        return above;
    }
}
