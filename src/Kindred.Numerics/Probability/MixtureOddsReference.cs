namespace Kindred.Numerics.Probability;

/// <summary>The obvious <see cref="MixtureOdds"/>.</summary>
internal static class MixtureOddsReference
{
    public static void Add(ReadOnlySpan<float> amounts, ReadOnlySpan<float> inverseShares, double smoothing, double weight, Span<double> scores)
    {
        var total = 0.0;
        foreach (var amount in amounts)
            total += amount > 0 ? amount : 0;
        for (var i = 0; i < amounts.Length && total > 0; i++)
        {
            if (amounts[i] > 0)
                scores[i] += weight * Math.Log(1 + (1 - smoothing) / smoothing * (amounts[i] / total) * inverseShares[i]);
        }
    }
}
