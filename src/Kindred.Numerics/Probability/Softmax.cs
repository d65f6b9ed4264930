using System.Numerics.Tensors;

namespace Kindred.Numerics.Probability;

/// <summary>exp(x) / Σ exp(x) without overflow. Twin: <see cref="SoftmaxReference"/>.</summary>
/// <remarks>TensorPrimitives.SoftMax does not subtract the largest value, so logits above 88 become NaN there.</remarks>
public static class Softmax
{
    private const int Block = 512;

    /// <summary>Writes the share of each value.</summary>
    /// <param name="values">Logits; negative infinity has share 0.</param>
    /// <param name="shares">Receives the shares, which add up to 1, shape [values]; may be the same span as the values.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <remarks>Allocates nothing. Relative error ≤ 2e-6·(1 + |x − max|). Without a finite value, or with a NaN, all shares are NaN.</remarks>
    public static void Compute(ReadOnlySpan<float> values, Span<float> shares)
    {
        Shapes.ThrowIfDifferent(shares.Length, values.Length);
        if (values.IsEmpty)
            return;
        var largest = TensorPrimitives.Max(values); // NaN when any value is
        if (!float.IsFinite(largest))
        {
            shares.Fill(float.NaN);
            return;
        }
        // Shifting by the largest and dividing keeps the relative error apart from the size of the logits; subtracting log Σ would not.
        TensorPrimitives.Subtract(values, largest, shares);
        TensorPrimitives.Exp(shares, shares);
        var sum = 0.0;
        for (var start = 0; start < shares.Length; start += Block)
            sum += TensorPrimitives.Sum<float>(shares.Slice(start, Math.Min(Block, shares.Length - start)));
        TensorPrimitives.Multiply(shares, (float)(1 / sum), shares);
    }
}
