using System.Numerics.Tensors;

namespace Kindred.Numerics.Linear;

/// <summary>Inverse of the small upper triangular blocks on a diagonal.</summary>
internal static class TriangularInverse
{
    /// <summary>Writes U⁻¹, zeros below the diagonal.</summary>
    /// <param name="factor">Starts with U; its lower triangle is not read.</param>
    /// <param name="stride">Floats from one row of U to the next.</param>
    /// <param name="inverse">Receives U⁻¹, row-major, shape [size, size].</param>
    /// <param name="size">Rows and columns.</param>
    public static void Compute(ReadOnlySpan<float> factor, int stride, Span<float> inverse, int size)
    {
        inverse[..(size * size)].Clear();
        for (var i = size - 1; i >= 0; i--)
        {
            // Row i of U·U⁻¹ = 1: u_ii·v_i = e_i - Σ_{k>i} u_ik·v_k, with the rows below known.
            var row = factor.Slice(i * stride, size);
            var target = inverse.Slice(i * size, size);
            target[i] = 1;
            for (var k = i + 1; k < size; k++)
                TensorPrimitives.MultiplyAdd(inverse.Slice(k * size + k, size - k), -row[k], target[k..], target[k..]);
            TensorPrimitives.Divide(target[i..], row[i], target[i..]);
        }
    }
}
