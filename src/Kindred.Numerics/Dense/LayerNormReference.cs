namespace Kindred.Numerics.Dense;

/// <summary>Twin of <see cref="LayerNorm"/> in double, for one row.</summary>
public static class LayerNormReference
{
    public static (double[] Normalized, double InverseDeviation, double[] Y) Forward(float[] x, float[] gain, float[] bias)
    {
        var mean = x.Average(value => (double)value);
        var variance = x.Average(value => (value - mean) * (value - mean));
        var inverse = 1 / Math.Sqrt(variance + LayerNorm.Epsilon);
        double[] normalized = [.. x.Select(value => (value - mean) * inverse)];
        return (normalized, inverse, [.. normalized.Select((value, i) => value * gain[i] + bias[i])]);
    }

    /// <returns>The gradient with respect to x.</returns>
    public static double[] Backward(float[] dy, float[] gain, double[] normalized, double inverseDeviation)
    {
        double[] scaled = [.. dy.Select((value, i) => (double)value * gain[i])];
        var mean = scaled.Average();
        var slope = scaled.Select((value, i) => value * normalized[i]).Average();
        return [.. scaled.Select((value, i) => (value - mean - normalized[i] * slope) * inverseDeviation)];
    }
}
