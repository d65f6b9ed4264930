using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Probability;

/// <summary>log Σ exp(x) without overflow. Twin: <see cref="LogSumExpReference"/>.</summary>
public static unsafe class LogSumExp
{
    /// <summary>The logarithm of the sum of the exponentials.</summary>
    /// <param name="values">Negative infinity counts as nothing.</param>
    /// <returns>Negative infinity for no values; NaN if any value is NaN; positive infinity if any value is.</returns>
    /// <remarks>Allocates nothing. |error| ≤ 1e-6·(1 + |result|) up to 2^24 values: each block is summed in float, the blocks in double.</remarks>
    public static float Compute(ReadOnlySpan<float> values) => Compute(Simd.Width, values);

    internal static float Compute(SimdWidth width, ReadOnlySpan<float> values)
    {
        fixed (float* start = values)
        {
            return width switch
            {
                SimdWidth.Vector512 => Run<Lanes512, Vector512<float>>(start, values.Length),
                SimdWidth.Vector256 => Run<Lanes256, Vector256<float>>(start, values.Length),
                _ => Run<LanesScalar, float>(start, values.Length),
            };
        }
    }

    private static float Run<TLanes, TVector>(float* values, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var largest = ExponentialSum.Largest<TLanes, TVector>(values, count);
        if (!float.IsFinite(largest))
            return new Span<float>(values, count).ContainsNaN() ? float.NaN : largest;
        return (float)(largest + Math.Log(ExponentialSum.Add<TLanes, TVector>(values, count, largest)));
    }

    private static bool ContainsNaN(this Span<float> values)
    {
        foreach (var value in values)
        {
            if (float.IsNaN(value))
                return true;
        }
        return false;
    }
}
