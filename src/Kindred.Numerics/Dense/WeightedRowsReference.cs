namespace Kindred.Numerics.Dense;

/// <summary>The obvious <see cref="WeightedRows"/>.</summary>
internal static class WeightedRowsReference
{
    public static void Add(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<int> chosen, ReadOnlySpan<float> weights, Span<double> sums)
    {
        for (var i = 0; i < chosen.Length; i++)
        {
            for (var column = 0; column < sums.Length; column++)
                sums[column] += (double)weights[i] * rows[chosen[i] * stride + column];
        }
    }
}
