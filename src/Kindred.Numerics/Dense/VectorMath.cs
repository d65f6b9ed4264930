using System.Numerics.Tensors;

namespace Kindred.Numerics.Dense;

/// <summary>Elementary operations on vectors. TensorPrimitives has them as fast as they can be; here they have the field's names and shapes.</summary>
/// <remarks>Nothing allocates. Sums differ from exact ones by at most length·2^-24·Σ|terms|. NaN is handed on.</remarks>
public static class VectorMath
{
    /// <summary>Σ xᵢyᵢ; 0 for no elements.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => TensorPrimitives.Dot(x, y);

    /// <summary>Σ xᵢ²; 0 for no elements.</summary>
    public static float SumOfSquares(ReadOnlySpan<float> x) => TensorPrimitives.SumOfSquares(x);

    /// <summary>y += factor · x, rounded once per element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AddScaled(float factor, ReadOnlySpan<float> x, Span<float> y)
    {
        Shapes.ThrowIfDifferent(x.Length, y.Length);
        TensorPrimitives.FusedMultiplyAdd(x, factor, y, y);
    }

    /// <summary>y += x.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Add(ReadOnlySpan<float> x, Span<float> y)
    {
        Shapes.ThrowIfDifferent(x.Length, y.Length);
        TensorPrimitives.Add(y, x, y);
    }

    /// <summary>y *= x.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Multiply(ReadOnlySpan<float> x, Span<float> y)
    {
        Shapes.ThrowIfDifferent(x.Length, y.Length);
        TensorPrimitives.Multiply(y, x, y);
    }

    /// <summary>y *= factor.</summary>
    public static void Scale(float factor, Span<float> y) => TensorPrimitives.Multiply(y, factor, y);

    /// <summary>Adds a vector to each row of a matrix, for instance a bias.</summary>
    /// <param name="x">Shape [width].</param>
    /// <param name="rows">Row-major, shape [rows, width].</param>
    /// <exception cref="ArgumentException">The matrix is no whole number of rows.</exception>
    public static void AddToRows(ReadOnlySpan<float> x, Span<float> rows)
    {
        Shapes.ThrowIfNotRows(rows.Length, x.Length);
        for (; !rows.IsEmpty; rows = rows[x.Length..])
            TensorPrimitives.Add(rows[..x.Length], x, rows[..x.Length]);
    }

    /// <summary>Adds all rows of a matrix to a vector, for instance to the gradient of a bias.</summary>
    /// <param name="rows">Row-major, shape [rows, width].</param>
    /// <param name="y">Shape [width].</param>
    /// <exception cref="ArgumentException">The matrix is no whole number of rows.</exception>
    public static void AddRows(ReadOnlySpan<float> rows, Span<float> y)
    {
        Shapes.ThrowIfNotRows(rows.Length, y.Length);
        for (; !rows.IsEmpty; rows = rows[y.Length..])
            TensorPrimitives.Add(y, rows[..y.Length], y);
    }
}
