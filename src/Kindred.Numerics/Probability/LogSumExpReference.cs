namespace Kindred.Numerics.Probability;

/// <summary>Twin of <see cref="LogSumExp"/> in double.</summary>
public static class LogSumExpReference
{
    public static double Compute(ReadOnlySpan<float> values)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values)
            largest = Math.Max(largest, value); // Math.Max hands NaN on
        if (!double.IsFinite(largest))
            return largest;
        var sum = 0.0;
        foreach (var value in values)
            sum += Math.Exp(value - largest);
        return largest + Math.Log(sum);
    }
}
