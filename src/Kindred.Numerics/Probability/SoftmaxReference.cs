namespace Kindred.Numerics.Probability;

/// <summary>Twin of <see cref="Softmax"/> in double.</summary>
public static class SoftmaxReference
{
    public static double[] Compute(float[] values)
    {
        var logSum = LogSumExpReference.Compute(values);
        return [.. values.Select(value => Math.Exp(value - logSum))];
    }
}
