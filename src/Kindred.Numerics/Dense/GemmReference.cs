namespace Kindred.Numerics.Dense;

/// <summary>Twin of <see cref="Gemm"/> in double.</summary>
public static class GemmReference
{
    /// <returns>a · b, row-major, shape [a.Rows, b.Columns].</returns>
    public static double[] Multiply(MatrixView a, MatrixView b)
    {
        var product = new double[a.Rows * b.Columns];
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < b.Columns; j++)
            {
                for (var k = 0; k < a.Columns; k++)
                    product[i * b.Columns + j] += (double)a[i, k] * b[k, j];
            }
        }
        return product;
    }
}
