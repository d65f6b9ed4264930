namespace Kindred.Numerics.Probability;

/// <summary>The obvious <see cref="LogOnePlus"/>.</summary>
internal static class LogOnePlusReference
{
    public static void Compute(ReadOnlySpan<float> values, Span<double> results)
    {
        for (var i = 0; i < values.Length; i++)
            results[i] = Math.Log(1 + (double)values[i]);
    }
}
