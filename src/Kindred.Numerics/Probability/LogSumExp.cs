using System.Numerics.Tensors;

namespace Kindred.Numerics.Probability;

/// <summary>log Σ exp(x) without overflow. Twin: <see cref="LogSumExpReference"/>.</summary>
public static class LogSumExp
{
    private const int Block = 512;

    /// <summary>The logarithm of the sum of the exponentials.</summary>
    /// <param name="values">Negative infinity counts as nothing.</param>
    /// <returns>Negative infinity for no values; NaN if any value is NaN; positive infinity if any value is.</returns>
    /// <remarks>Allocates nothing. |error| ≤ 1e-6·(1 + |result|) up to 2^24 values: each block is summed in float, the blocks in double.</remarks>
    public static float Compute(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            return float.NegativeInfinity;
        var largest = TensorPrimitives.Max(values); // NaN when any value is
        if (!float.IsFinite(largest))
            return largest;
        Span<float> scratch = stackalloc float[Block];
        var sum = 0.0;
        for (var start = 0; start < values.Length; start += Block)
        {
            var part = values.Slice(start, Math.Min(Block, values.Length - start));
            TensorPrimitives.Subtract(part, largest, scratch);
            TensorPrimitives.Exp(scratch[..part.Length], scratch);
            sum += TensorPrimitives.Sum(scratch[..part.Length]);
        }
        return (float)(largest + Math.Log(sum));
    }
}
