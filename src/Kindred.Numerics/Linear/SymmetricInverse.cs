using System.Numerics.Tensors;
using Kindred.Numerics.Dense;
using Kindred.Numerics.Threading;

namespace Kindred.Numerics.Linear;

/// <summary>Inverse of a large symmetric positive definite matrix, in place and on several threads. Twin: <see cref="CholeskyReference"/>.</summary>
/// <remarks>
/// A = Uᵀ·U, V = U⁻¹, A⁻¹ = V·Vᵀ (Du Croz, Higham, Stability of methods for matrix inversion, 1992, method B). n³ operations in all; besides the
/// matrix 256 rows of it are in memory. The bits do not depend on the threads.
/// </remarks>
public static class SymmetricInverse
{
    private const int BlockRows = 256;
    private const int ChunkColumns = 256;

    /// <summary>Replaces A by A⁻¹, both triangles of it.</summary>
    /// <param name="matrix">Row-major, shape [size, size]; only the upper triangle is read.</param>
    /// <param name="size">Rows and columns, up to 46,340.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Looked at between blocks; the matrix is then half overwritten.</param>
    /// <exception cref="NotPositiveDefiniteException">A is not positive definite, or holds a NaN.</exception>
    /// <exception cref="ArgumentException">The matrix is not of that size.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Invert(float[] matrix, int size, int threads, CancellationToken cancellationToken = default)
    {
        Cholesky.Factor(matrix, size, threads, cancellationToken);
        if (size == 0)
            return;
        var scratch = new float[Math.Min(BlockRows, size) * size];
        for (var from = (size - 1) / BlockRows * BlockRows; from >= 0; from -= BlockRows)
            InvertRows(matrix, size, from, Math.Min(BlockRows, size - from), scratch, threads, cancellationToken);
        for (var from = 0; from < size; from += BlockRows)
            MultiplyRows(matrix, size, from, Math.Min(BlockRows, size - from), scratch, threads, cancellationToken);
        Mirror(matrix, size, threads, cancellationToken);
    }

    /// <summary>Rows of V from rows of U, the rows of V below being known: V₁₁ = U₁₁⁻¹, V₁₂ = -V₁₁·U₁₂·V₂₂.</summary>
    private static void InvertRows(
        float[] matrix, int size, int from, int rows, float[] scratch, int threads, CancellationToken cancellationToken)
    {
        var rest = from + rows;
        var diagonal = new float[rows * rows];
        TriangularInverse.Compute(matrix.AsSpan(from * size + from), size, diagonal, rows);
        var negative = new float[rows * rows];
        TensorPrimitives.Negate(diagonal, negative);
        // Widest product last column first, so that the threads end together.
        var chunks = (size - rest + ChunkColumns - 1) / ChunkColumns;
        Workers.ForBlocks(chunks, 1, threads, (_, chunk, _) =>
        {
            var start = rest + (chunks - 1 - chunk) * ChunkColumns;
            var end = Math.Min(size, start + ChunkColumns);
            // V₂₂ is upper triangular: the chunk has nothing below its last column.
            Gemm.Multiply(
                new MatrixView(matrix.AsSpan(from * size + rest), rows, end - rest, size),
                new MatrixView(matrix.AsSpan(rest * size + start), end - rest, end - start, size),
                scratch.AsSpan(start), size);
        }, cancellationToken);
        Workers.ForBlocks(size - rest, ChunkColumns, threads, (_, start, end) => Gemm.Multiply(
            new MatrixView(negative, rows, rows),
            new MatrixView(scratch.AsSpan(rest + start), rows, end - start, size),
            matrix.AsSpan(from * size + rest + start), size), cancellationToken);
        for (var row = 0; row < rows; row++)
        {
            var target = matrix.AsSpan((from + row) * size, rest);
            diagonal.AsSpan(row * rows, rows).CopyTo(target[from..]);
            target[..from].Clear();
        }
    }

    /// <summary>Rows of V·Vᵀ on and right of the diagonal. Rows below do not need these rows of V any more, so they give way.</summary>
    private static void MultiplyRows(
        float[] matrix, int size, int from, int rows, float[] scratch, int threads, CancellationToken cancellationToken)
    {
        Workers.ForBlocks(size - from, ChunkColumns, threads, (_, start, end) =>
        {
            // Σ over k from the chunk's first row on: V is zero before.
            var first = from + start;
            Gemm.Multiply(
                new MatrixView(matrix.AsSpan(from * size + first), rows, size - first, size),
                new MatrixView(matrix.AsSpan(first * size + first), end - start, size - first, size).Transposed,
                scratch.AsSpan(first), size);
        }, cancellationToken);
        for (var row = 0; row < rows; row++)
            scratch.AsSpan(row * size + from, size - from).CopyTo(matrix.AsSpan((from + row) * size + from));
    }

    /// <summary>Copies the upper triangle onto the lower one.</summary>
    private static void Mirror(float[] matrix, int size, int threads, CancellationToken cancellationToken)
    {
        const int Tile = 32;
        Workers.ForBlocks(size, Tile, threads, (_, from, to) =>
        {
            for (var column = 0; column < to; column += Tile)
            {
                for (var row = from; row < to; row++)
                {
                    for (var c = column; c < Math.Min(row, column + Tile); c++)
                        matrix[row * size + c] = matrix[c * size + row];
                }
            }
        }, cancellationToken);
    }
}
