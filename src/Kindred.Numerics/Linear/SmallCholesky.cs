using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Linear;

/// <summary>
/// Cholesky factorisation A = Uᵀ·U and solution of one small system, up to a few hundred unknowns, on the caller's thread.
/// Twin: <see cref="CholeskyReference"/>. For more unknowns see <see cref="Cholesky"/>.
/// </summary>
/// <remarks>
/// Backward stable: the factor is that of a matrix A + E with |E| ≤ (n + 1)·ε·|Uᵀ||U| (Higham, Accuracy and Stability of Numerical Algorithms,
/// 2nd ed., theorem 10.3). The result does not depend on the vector width. Allocates nothing.
/// </remarks>
public static class SmallCholesky
{
    /// <summary>Replaces the upper triangle of A by U. The strict lower triangle is neither read nor kept.</summary>
    /// <param name="matrix">Row-major; rows start <paramref name="stride"/> floats apart.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="stride">At least <paramref name="size"/>.</param>
    /// <returns><see langword="false"/> when A is not positive definite, or holds a NaN; the matrix is then half overwritten.</returns>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static bool TryFactor(Span<float> matrix, int size, int stride) => TryFactor(Simd.Width, matrix, size, stride) < 0;

    /// <summary>Solves A·x = b in place, given U.</summary>
    /// <param name="factor">What <see cref="TryFactor(Span{float}, int, int)"/> left.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="x">b on entry, x on return, shape [size].</param>
    public static void Solve(ReadOnlySpan<float> factor, int stride, Span<float> x)
    {
        CheckShape(factor.Length, x.Length, stride);
        for (var i = 0; i < x.Length; i++)
        {
            var row = factor.Slice(i * stride, x.Length);
            x[i] /= row[i];
            TensorPrimitives.MultiplyAdd(row[(i + 1)..], -x[i], x[(i + 1)..], x[(i + 1)..]);
        }
        for (var i = x.Length - 1; i >= 0; i--)
        {
            var row = factor.Slice(i * stride, x.Length);
            x[i] = (x[i] - TensorPrimitives.Dot(row[(i + 1)..], x[(i + 1)..])) / row[i];
        }
    }

    /// <returns>The first pivot that is not positive, or -1 when there is none.</returns>
    internal static unsafe int TryFactor(SimdWidth width, Span<float> matrix, int size, int stride)
    {
        CheckShape(matrix.Length, size, stride);
        fixed (float* a = matrix)
        {
            return width switch
            {
                SimdWidth.Vector512 => Factor<Lanes512, Vector512<float>>(a, size, stride),
                SimdWidth.Vector256 => Factor<Lanes256, Vector256<float>>(a, size, stride),
                _ => Factor<LanesScalar, float>(a, size, stride),
            };
        }
    }

    private static unsafe int Factor<TLanes, TVector>(float* a, int size, nint stride)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        const int Rows = OuterProducts<TLanes, TVector>.Rows;
        var row = 0;
        for (; row + Rows <= size; row += Rows)
        {
            // Starts at a whole register; the columns before the diagonal are of no use to anybody.
            var from = row / TLanes.Count * TLanes.Count;
            var rest = OuterProducts<TLanes, TVector>.Add(a, stride, row, a, stride, row, from, size, subtract: true);
            OuterProducts<LanesScalar, float>.Add(a, stride, row, a, stride, row, rest, size, subtract: true);
            if (CholeskyCorner.TryFactor(a + row * stride + row, stride, out var corner) is var pivot and >= 0)
                return row + pivot;
            rest = CholeskyRows<TLanes, TVector>.Eliminate(a + row * stride, stride, corner, from, size);
            CholeskyRows<LanesScalar, float>.Eliminate(a + row * stride, stride, corner, rest, size);
        }
        for (; row < size; row++)
        {
            CholeskyRows<LanesScalar, float>.Reduce(a, stride, row, row, size);
            var own = a + row * stride + row;
            if (!CholeskyCorner.TryScale(*own, out var scale))
                return row;
            TensorPrimitives.Multiply(new Span<float>(own, size - row), scale, new Span<float>(own, size - row));
        }
        return -1;
    }

    private static void CheckShape(int length, int size, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, size);
        if (size > 0 && length < (long)(size - 1) * stride + size)
            throw new ArgumentException($"{length} floats do not hold {size} x {size} with a row stride of {stride}.");
    }
}
