namespace Kindred.Numerics.Dense;

/// <summary>The obvious <see cref="RowProducts"/>.</summary>
internal static class RowProductsReference
{
    public static void Compute(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> x, Span<double> products)
    {
        for (var row = 0; row < products.Length; row++)
        {
            products[row] = 0;
            for (var i = 0; i < x.Length; i++)
                products[row] += (double)rows[row * stride + i] * x[i];
        }
    }
}
