namespace Kindred.Numerics.Linear;

/// <summary>Twin of <see cref="SmallCholesky"/>, <see cref="Cholesky"/> and <see cref="SymmetricInverse"/> in double.</summary>
public static class CholeskyReference
{
    /// <summary>The upper factor U of A = Uᵀ·U, row-major with zeros below the diagonal.</summary>
    /// <exception cref="NotPositiveDefiniteException">A pivot is not above 0.</exception>
    public static double[] Factor(ReadOnlySpan<double> matrix, int size)
    {
        var u = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = i; j < size; j++)
            {
                var sum = matrix[i * size + j];
                for (var k = 0; k < i; k++)
                    sum -= u[k * size + i] * u[k * size + j];
                if (i == j && !(sum > 0))
                    throw NotPositiveDefiniteException.At(i);
                u[i * size + j] = i == j ? Math.Sqrt(sum) : sum / u[i * size + i];
            }
        }
        return u;
    }

    /// <summary>Solves A·x = b.</summary>
    public static double[] Solve(ReadOnlySpan<double> matrix, ReadOnlySpan<double> right)
    {
        var size = right.Length;
        var (u, x) = (Factor(matrix, size), right.ToArray());
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= u[k * size + i] * x[k];
            x[i] /= u[i * size + i];
        }
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++)
                x[i] -= u[i * size + k] * x[k];
            x[i] /= u[i * size + i];
        }
        return x;
    }

    /// <summary>A⁻¹, row-major.</summary>
    public static double[] Invert(ReadOnlySpan<double> matrix, int size)
    {
        var inverse = new double[size * size];
        for (var column = 0; column < size; column++)
        {
            var unit = new double[size];
            unit[column] = 1;
            var solution = Solve(matrix, unit);
            for (var row = 0; row < size; row++)
                inverse[row * size + column] = solution[row];
        }
        return inverse;
    }
}
