using System.Numerics.Tensors;
using Kindred.Numerics.Dense;
using Kindred.Numerics.Threading;

namespace Kindred.Numerics.Linear;

/// <summary>
/// Cholesky factorisation A = Uᵀ·U of a large matrix, in place, by blocks and on several threads: nearly all of it is <see cref="Gemm"/>.
/// Twin: <see cref="CholeskyReference"/>.
/// </summary>
/// <remarks>
/// The bits do not depend on the threads. The blocks of the diagonal are inverted rather than solved with, which costs no accuracy that the
/// condition of A has not already taken (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §14.3). n³/3 operations.
/// </remarks>
public static class Cholesky
{
    /// <summary>Rows that are eliminated together.</summary>
    internal const int BlockRows = 256;

    private const int StripRows = 240;
    private const int ChunkColumns = 512;

    /// <summary>Replaces the upper triangle of A by U. The strict lower triangle is overwritten with nothing of use.</summary>
    /// <param name="matrix">Row-major, shape [size, size]; only the upper triangle is read.</param>
    /// <param name="size">Rows and columns, up to 46,340.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Looked at between blocks; the matrix is then half overwritten.</param>
    /// <exception cref="NotPositiveDefiniteException">A is not positive definite, or holds a NaN.</exception>
    /// <exception cref="ArgumentException">The matrix is not of that size.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Factor(float[] matrix, int size, int threads, CancellationToken cancellationToken = default)
    {
        Shapes.ThrowIfDifferent(matrix.Length, checked(size * size));
        var inverse = new float[BlockRows * BlockRows];
        var panel = new float[BlockRows * Math.Max(0, size - BlockRows)];
        for (var from = 0; from < size; from += BlockRows)
        {
            var (rows, rest) = (Math.Min(BlockRows, size - from), from + Math.Min(BlockRows, size - from));
            if (SmallCholesky.TryFactor(Simd.Width, matrix.AsSpan(from * size + from), rows, size) is var pivot and >= 0)
                throw NotPositiveDefiniteException.At(from + pivot);
            if (rest == size)
                break;
            TriangularInverse.Compute(matrix.AsSpan(from * size + from), size, inverse, rows);
            SolvePanel(matrix, size, from, rows, inverse, panel, threads, cancellationToken);
            UpdateRest(matrix, size, from, rows, panel, threads, cancellationToken);
        }
    }

    /// <summary>U₁₂ = U₁₁⁻ᵀ·A₁₂, and its negative into <paramref name="negative"/>, shape [rows, size - rest].</summary>
    private static void SolvePanel(
        float[] matrix, int size, int from, int rows, float[] inverse, float[] negative, int threads, CancellationToken cancellationToken)
    {
        var rest = from + rows;
        Workers.ForBlocks(size - rest, ChunkColumns, threads, (_, start, end) =>
        {
            var width = end - start;
            for (var row = 0; row < rows; row++)
                matrix.AsSpan((from + row) * size + rest + start, width).CopyTo(negative.AsSpan(row * (size - rest) + start));
            Gemm.Multiply(
                new MatrixView(inverse.AsSpan(0, rows * rows), rows, rows).Transposed,
                new MatrixView(negative.AsSpan(start), rows, width, size - rest),
                matrix.AsSpan(from * size + rest + start), size);
            for (var row = 0; row < rows; row++)
                TensorPrimitives.Negate(
                    matrix.AsSpan((from + row) * size + rest + start, width), negative.AsSpan(row * (size - rest) + start, width));
        }, cancellationToken);
    }

    /// <summary>A₂₂ -= U₁₂ᵀ·U₁₂ on and above the diagonal.</summary>
    private static void UpdateRest(float[] matrix, int size, int from, int rows, float[] negative, int threads, CancellationToken cancellationToken)
    {
        var rest = from + rows;
        Workers.ForBlocks(size - rest, StripRows, threads, (_, start, end) => Gemm.Multiply(
            new MatrixView(negative.AsSpan(start), rows, end - start, size - rest).Transposed,
            new MatrixView(matrix.AsSpan(from * size + rest + start), rows, size - rest - start, size),
            matrix.AsSpan((rest + start) * size + rest + start), size, accumulate: true), cancellationToken);
    }
}
