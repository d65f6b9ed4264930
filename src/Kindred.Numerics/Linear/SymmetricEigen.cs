namespace Kindred.Numerics.Linear;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations.</summary>
/// <remarks>
/// Rutishauser, The Jacobi method for real symmetric matrices, 1966. Residuals are of the order size·ε·‖A‖ in double. About 25·size³
/// operations: meant for up to a few hundred rows. The bits are the same on every machine width.
/// </remarks>
public static class SymmetricEigen
{
    private const int MaxSweeps = 50;

    /// <param name="matrix">Row-major, shape [size, size], symmetric; overwritten.</param>
    /// <param name="values">Receives the eigenvalues, descending, shape [size].</param>
    /// <param name="vectors">Receives the orthonormal eigenvectors, one per row in the order of the values, shape [size, size].</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void Decompose(Span<double> matrix, Span<double> values, Span<double> vectors)
    {
        var size = values.Length;
        Shapes.ThrowIfDifferent(matrix.Length, size * size);
        Shapes.ThrowIfDifferent(vectors.Length, size * size);
        vectors.Clear();
        for (var i = 0; i < size; i++)
            vectors[i * size + i] = 1;
        for (var sweep = 0; sweep < MaxSweeps && !IsDiagonal(matrix, size); sweep++)
        {
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < size; q++)
                    Rotate(matrix, vectors, size, p, q);
            }
        }
        for (var i = 0; i < size; i++)
            values[i] = matrix[i * size + i];
        Sort(values, vectors, size);
    }

    private static bool IsDiagonal(ReadOnlySpan<double> matrix, int size)
    {
        var (diagonal, rest) = (0.0, 0.0);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var square = matrix[i * size + j] * matrix[i * size + j];
                if (i == j)
                    diagonal += square;
                else
                    rest += square;
            }
        }
        return !(rest > 1e-28 * diagonal); // also when there is a NaN, which no rotation heals
    }

    /// <summary>Makes element (p, q) zero: A ← JᵀAJ, vectors ← JᵀV.</summary>
    private static void Rotate(Span<double> matrix, Span<double> vectors, int size, int p, int q)
    {
        var off = matrix[p * size + q];
        if (off == 0)
            return;
        var theta = (matrix[q * size + q] - matrix[p * size + p]) / (2 * off);
        var tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var cosine = 1 / Math.Sqrt(tangent * tangent + 1);
        var sine = tangent * cosine;
        for (var k = 0; k < size; k++)
        {
            var (kp, kq) = (matrix[k * size + p], matrix[k * size + q]);
            (matrix[k * size + p], matrix[k * size + q]) = (cosine * kp - sine * kq, sine * kp + cosine * kq);
        }
        Mix(matrix.Slice(p * size, size), matrix.Slice(q * size, size), cosine, sine);
        Mix(vectors.Slice(p * size, size), vectors.Slice(q * size, size), cosine, sine);
    }

    private static void Mix(Span<double> x, Span<double> y, double cosine, double sine)
    {
        for (var k = 0; k < x.Length; k++)
            (x[k], y[k]) = (cosine * x[k] - sine * y[k], sine * x[k] + cosine * y[k]);
    }

    private static void Sort(Span<double> values, Span<double> vectors, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var largest = i;
            for (var j = i + 1; j < size; j++)
                largest = values[j] > values[largest] ? j : largest;
            if (largest == i)
                continue;
            (values[i], values[largest]) = (values[largest], values[i]);
            for (var k = 0; k < size; k++)
                (vectors[i * size + k], vectors[largest * size + k]) = (vectors[largest * size + k], vectors[i * size + k]);
        }
    }
}
