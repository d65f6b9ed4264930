using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Probability;

/// <summary>exp(x) / Σ exp(x) without overflow. Twin: <see cref="SoftmaxReference"/>.</summary>
public static unsafe class Softmax
{
    /// <summary>Writes the share of each value.</summary>
    /// <param name="values">Logits; negative infinity has share 0.</param>
    /// <param name="shares">Receives the shares, which add up to 1, shape [values]; may be the same span as the values.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <inheritdoc cref="InPlace(Span{float})"/>
    public static void Compute(ReadOnlySpan<float> values, Span<float> shares)
    {
        Shapes.ThrowIfDifferent(shares.Length, values.Length);
        values.CopyTo(shares);
        InPlace(shares);
    }

    /// <summary>Replaces logits by their shares.</summary>
    /// <param name="values">Logits; negative infinity has share 0.</param>
    /// <returns>log Σ exp(x): a logit less this is the logarithm of its share. Negative infinity for no values.</returns>
    /// <remarks>
    /// Allocates nothing. Relative error ≤ 2e-6·(1 + |x − max|); a share below 2.5e-38 is 0.
    /// Without a finite value, with positive infinity or with a NaN, all shares are NaN.
    /// </remarks>
    public static float InPlace(Span<float> values) => InPlace(Simd.Width, values);

    internal static float InPlace(SimdWidth width, Span<float> values)
    {
        if (values.IsEmpty)
            return float.NegativeInfinity;
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
        // Shifting by the largest and dividing keeps the relative error apart from the size of the logits; subtracting log Σ would not.
        var largest = ExponentialSum.Largest<TLanes, TVector>(values, count);
        if (largest == float.NegativeInfinity)
        {
            new Span<float>(values, count).Fill(float.NaN);
            return largest;
        }
        var sum = ExponentialSum.Replace<TLanes, TVector>(values, count, largest);
        Scale<TLanes, TVector>(values, count, (float)(1 / sum));
        return (float)(largest + Math.Log(sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale<TLanes, TVector>(float* values, int count, float factor)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var factors = TLanes.Broadcast(factor);
        for (; count >= TLanes.Count; count -= TLanes.Count, values += TLanes.Count)
            TLanes.Store(TLanes.Multiply(TLanes.Load(values), factors), values);
        if (count > 0)
            TLanes.StorePart(TLanes.Multiply(TLanes.LoadPart(values, count), factors), values, count);
    }
}
