using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Linear;

/// <summary>
/// The normal equations of a weighted least-squares problem whose rows are chosen from a table. Twin: <see cref="NormalEquationsReference"/>.
/// </summary>
/// <remarks>
/// Chosen rows are copied side by side, as many as stay in the first cache level, and then meet each other there. Each element is a chain of fused
/// multiply-adds in the order of the rows, at every vector width: |error| ≤ (rows + 2)·ε·Σ|w·yᵢ·yⱼ| (Higham, Accuracy and Stability of Numerical
/// Algorithms, 2nd ed., §3.1; the weights enter by their square roots). Allocates nothing.
/// </remarks>
public static unsafe class NormalEquations
{
    /// <summary>The width of the rows is a multiple of this.</summary>
    public const int WidthUnit = 16;

    private const int FloatsTogether = 4096; // half of a first level of 32 KiB

    /// <summary>Adds Σ w·yᵀ·y to the upper triangle of the matrix and Σ w·y to the right side, over the chosen rows y.</summary>
    /// <param name="rows">Row-major, shape [any, width].</param>
    /// <param name="chosen">Rows that take part.</param>
    /// <param name="weights">Their weights w, at least 0, as many.</param>
    /// <param name="matrix">Row-major, shape [width, width]; below the diagonal it is left undefined.</param>
    /// <param name="right">Shape [width]; its length is the width, up to 4,096.</param>
    /// <exception cref="ArgumentException">The shapes do not agree, or the width is not a multiple of <see cref="WidthUnit"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static void Add(ReadOnlySpan<float> rows, ReadOnlySpan<int> chosen, ReadOnlySpan<float> weights, Span<float> matrix, Span<float> right) =>
        Add(Simd.Width, rows, chosen, weights, matrix, right);

    internal static void Add(
        SimdWidth simd, ReadOnlySpan<float> rows, ReadOnlySpan<int> chosen, ReadOnlySpan<float> weights, Span<float> matrix, Span<float> right)
    {
        var width = right.Length;
        Shapes.ThrowIfDifferent(weights.Length, chosen.Length);
        Shapes.ThrowIfDifferent(matrix.Length, width * width);
        if (width % WidthUnit != 0 || width > FloatsTogether)
            throw new ArgumentException($"{width} is not a multiple of {WidthUnit} up to {FloatsTogether}.", nameof(right));
        if (width == 0 || chosen.IsEmpty)
            return;
        if (chosen.ContainsAnyExceptInRange(0, rows.Length / width - 1))
            throw new ArgumentOutOfRangeException(nameof(chosen), $"Rows 0 to {rows.Length / width - 1} were expected.");
        fixed (float* table = rows, w = weights, c = matrix, b = right)
        fixed (int* index = chosen)
        {
            switch (simd)
            {
                case SimdWidth.Vector512:
                    Add<Lanes512, Vector512<float>>(table, index, w, chosen.Length, width, c, b);
                    break;
                case SimdWidth.Vector256:
                    Add<Lanes256, Vector256<float>>(table, index, w, chosen.Length, width, c, b);
                    break;
                default:
                    Add<LanesScalar, float>(table, index, w, chosen.Length, width, c, b);
                    break;
            }
        }
    }

    [SkipLocalsInit]
    private static void Add<TLanes, TVector>(float* rows, int* chosen, float* weights, int count, int width, float* matrix, float* right)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var buffer = stackalloc float[FloatsTogether + FloatsTogether / WidthUnit + WidthUnit];
        var gathered = (float*)(((nint)buffer + 63) & -64);
        var roots = gathered + FloatsTogether;
        var together = FloatsTogether / width;
        for (var from = 0; from < count; from += together)
        {
            var depth = Math.Min(together, count - from);
            for (var i = 0; i < depth; i++)
                roots[i] = MathF.Sqrt(weights[from + i]);
            var column = 0;
            for (; column + 4 * TLanes.Count <= width; column += 4 * TLanes.Count)
                Gather4<TLanes, TVector>(rows + column, chosen + from, roots, depth, width, gathered + column, right + column);
            for (; column < width; column += TLanes.Count)
                Gather1<TLanes, TVector>(rows + column, chosen + from, roots, depth, width, gathered + column, right + column);
            for (var row = 0; row < width; row += OuterProducts<TLanes, TVector>.Rows)
                OuterProducts<TLanes, TVector>.Add(
                    gathered, width, depth, matrix, width, row, row / TLanes.Count * TLanes.Count, width, subtract: false);
        }
    }

    /// <summary>Copies four registers of each chosen row times the root of its weight, and adds them times the weight to the right side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather4<TLanes, TVector>(float* rows, int* chosen, float* roots, int count, nint width, float* gathered, float* right)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var (s0, s1) = (TLanes.Load(right), TLanes.Load(right + TLanes.Count));
        var (s2, s3) = (TLanes.Load(right + 2 * TLanes.Count), TLanes.Load(right + 3 * TLanes.Count));
        for (var i = 0; i < count; i++, gathered += width)
        {
            var row = rows + chosen[i] * width;
            var root = TLanes.Broadcast(roots[i]);
            var y0 = TLanes.Multiply(TLanes.Load(row), root);
            var y1 = TLanes.Multiply(TLanes.Load(row + TLanes.Count), root);
            var y2 = TLanes.Multiply(TLanes.Load(row + 2 * TLanes.Count), root);
            var y3 = TLanes.Multiply(TLanes.Load(row + 3 * TLanes.Count), root);
            TLanes.Store(y0, gathered);
            TLanes.Store(y1, gathered + TLanes.Count);
            TLanes.Store(y2, gathered + 2 * TLanes.Count);
            TLanes.Store(y3, gathered + 3 * TLanes.Count);
            s0 = TLanes.MultiplyAdd(y0, root, s0);
            s1 = TLanes.MultiplyAdd(y1, root, s1);
            s2 = TLanes.MultiplyAdd(y2, root, s2);
            s3 = TLanes.MultiplyAdd(y3, root, s3);
        }
        TLanes.Store(s0, right);
        TLanes.Store(s1, right + TLanes.Count);
        TLanes.Store(s2, right + 2 * TLanes.Count);
        TLanes.Store(s3, right + 3 * TLanes.Count);
    }

    /// <inheritdoc cref="Gather4"/>
    private static void Gather1<TLanes, TVector>(float* rows, int* chosen, float* roots, int count, nint width, float* gathered, float* right)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var sum = TLanes.Load(right);
        for (var i = 0; i < count; i++, gathered += width)
        {
            var root = TLanes.Broadcast(roots[i]);
            var y = TLanes.Multiply(TLanes.Load(rows + chosen[i] * width), root);
            TLanes.Store(y, gathered);
            sum = TLanes.MultiplyAdd(y, root, sum);
        }
        TLanes.Store(sum, right);
    }
}
