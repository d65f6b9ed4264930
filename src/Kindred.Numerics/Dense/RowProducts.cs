using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Dense;

/// <summary>
/// The inner products of the rows of a matrix with one vector, for instance of all items with one user. Twin:
/// <see cref="RowProductsReference"/>.
/// </summary>
/// <remarks>
/// Four rows at a time, so the matrix is read once, at the speed of memory. |error| ≤ width·ε·Σ|xᵢyᵢ| with ε = 2^-24 (Higham, Accuracy and
/// Stability of Numerical Algorithms, 2nd ed., §3.1). A NaN makes its own row's product NaN. Allocates nothing.
/// </remarks>
public static unsafe class RowProducts
{
    /// <summary>products[r] = Σ rows[r]·x.</summary>
    /// <param name="rows">Row-major; rows start <paramref name="stride"/> floats apart.</param>
    /// <param name="stride">At least the length of the vector.</param>
    /// <param name="x">Shape [width]; may be empty.</param>
    /// <param name="products">Receives one product per row.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void Compute(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> x, Span<float> products) =>
        Compute(Simd.Width, rows, stride, x, products);

    internal static void Compute(SimdWidth width, ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> x, Span<float> products)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, x.Length);
        if (!products.IsEmpty && rows.Length < (long)(products.Length - 1) * stride + x.Length)
            throw new ArgumentException(
                $"{rows.Length} floats do not hold {products.Length} x {x.Length} with a row stride of {stride}.", nameof(rows));
        fixed (float* from = rows, vector = x, to = products)
        {
            switch (width)
            {
                case SimdWidth.Vector512:
                    Run<Lanes512, Vector512<float>>(from, stride, vector, x.Length, to, products.Length);
                    break;
                case SimdWidth.Vector256:
                    Run<Lanes256, Vector256<float>>(from, stride, vector, x.Length, to, products.Length);
                    break;
                default:
                    Run<LanesScalar, float>(from, stride, vector, x.Length, to, products.Length);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TVector>(float* rows, nint stride, float* x, int width, float* products, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        for (; count >= 4; count -= 4, rows += 4 * stride, products += 4)
        {
            float* second = rows + stride, third = second + stride, fourth = third + stride;
            TVector a = TLanes.Broadcast(0), b = a, c = a, d = a;
            var j = 0;
            for (; j <= width - TLanes.Count; j += TLanes.Count)
            {
                var y = TLanes.Load(x + j);
                a = TLanes.MultiplyAdd(TLanes.Load(rows + j), y, a);
                b = TLanes.MultiplyAdd(TLanes.Load(second + j), y, b);
                c = TLanes.MultiplyAdd(TLanes.Load(third + j), y, c);
                d = TLanes.MultiplyAdd(TLanes.Load(fourth + j), y, d);
            }
            if (j < width)
            {
                var y = TLanes.LoadPart(x + j, width - j);
                a = TLanes.MultiplyAdd(TLanes.LoadPart(rows + j, width - j), y, a);
                b = TLanes.MultiplyAdd(TLanes.LoadPart(second + j, width - j), y, b);
                c = TLanes.MultiplyAdd(TLanes.LoadPart(third + j, width - j), y, c);
                d = TLanes.MultiplyAdd(TLanes.LoadPart(fourth + j, width - j), y, d);
            }
            (products[0], products[1], products[2], products[3]) = (TLanes.Sum(a), TLanes.Sum(b), TLanes.Sum(c), TLanes.Sum(d));
        }
        for (; count > 0; count--, rows += stride, products++)
        {
            var (sum, j) = (TLanes.Broadcast(0), 0);
            for (; j <= width - TLanes.Count; j += TLanes.Count)
                sum = TLanes.MultiplyAdd(TLanes.Load(rows + j), TLanes.Load(x + j), sum);
            if (j < width)
                sum = TLanes.MultiplyAdd(TLanes.LoadPart(rows + j, width - j), TLanes.LoadPart(x + j, width - j), sum);
            *products = TLanes.Sum(sum);
        }
    }
}
