using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Dense;

/// <summary>Elementary operations on vectors.</summary>
/// <remarks>
/// Nothing allocates. Element by element the bits are the same at every vector width; sums differ from exact ones by at most
/// length·2^-24·Σ|terms|. NaN is handed on. TensorPrimitives is as fast in the first cache level, but past 256 KiB it writes around the
/// caches, which an operation in place pays for fourfold: y += a·x over 1,000,000 floats took 0.85 ms with it.
/// </remarks>
public static unsafe class VectorMath
{
    private interface IOperation
    {
        static abstract TVector Of<TLanes, TVector>(TVector x, TVector y, TVector factor)
            where TLanes : ILanes<TVector>
            where TVector : struct;
    }

    /// <summary>Σ xᵢyᵢ; 0 for no elements.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Dot(Simd.Width, x, y);

    /// <summary>Σ xᵢ²; 0 for no elements.</summary>
    public static float SumOfSquares(ReadOnlySpan<float> x) => Dot(Simd.Width, x, x);

    /// <summary>y += factor · x, rounded once per element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AddScaled(float factor, ReadOnlySpan<float> x, Span<float> y) => Run<ScaledSum>(Simd.Width, factor, x, y);

    /// <summary>y += x.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Add(ReadOnlySpan<float> x, Span<float> y) => Run<Sum>(Simd.Width, 1, x, y);

    /// <summary>y *= x.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Multiply(ReadOnlySpan<float> x, Span<float> y) => Run<Product>(Simd.Width, 1, x, y);

    /// <summary>y *= factor.</summary>
    public static void Scale(float factor, Span<float> y) => Run<Scaled>(Simd.Width, factor, y, y);

    /// <summary>Adds a vector to each row of a matrix, for instance a bias.</summary>
    /// <param name="x">Shape [width].</param>
    /// <param name="rows">Row-major, shape [rows, width].</param>
    /// <exception cref="ArgumentException">The matrix is no whole number of rows.</exception>
    public static void AddToRows(ReadOnlySpan<float> x, Span<float> rows)
    {
        Shapes.ThrowIfNotRows(rows.Length, x.Length);
        for (; !rows.IsEmpty; rows = rows[x.Length..])
            Add(x, rows[..x.Length]);
    }

    /// <summary>Adds all rows of a matrix to a vector, for instance to the gradient of a bias.</summary>
    /// <param name="rows">Row-major, shape [rows, width].</param>
    /// <param name="y">Shape [width].</param>
    /// <exception cref="ArgumentException">The matrix is no whole number of rows.</exception>
    public static void AddRows(ReadOnlySpan<float> rows, Span<float> y)
    {
        Shapes.ThrowIfNotRows(rows.Length, y.Length);
        for (; !rows.IsEmpty; rows = rows[y.Length..])
            Add(rows[..y.Length], y);
    }

    internal static float Dot(SimdWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Shapes.ThrowIfDifferent(x.Length, y.Length);
        fixed (float* px = x, py = y)
        {
            return width switch
            {
                SimdWidth.Vector512 => Dot<Lanes512, Vector512<float>>(px, py, x.Length),
                SimdWidth.Vector256 => Dot<Lanes256, Vector256<float>>(px, py, x.Length),
                _ => Dot<LanesScalar, float>(px, py, x.Length),
            };
        }
    }

    internal static void AddScaled(SimdWidth width, float factor, ReadOnlySpan<float> x, Span<float> y) => Run<ScaledSum>(width, factor, x, y);

    internal static void Add(SimdWidth width, ReadOnlySpan<float> x, Span<float> y) => Run<Sum>(width, 1, x, y);

    internal static void Multiply(SimdWidth width, ReadOnlySpan<float> x, Span<float> y) => Run<Product>(width, 1, x, y);

    internal static void Scale(SimdWidth width, float factor, Span<float> y) => Run<Scaled>(width, factor, y, y);

    private static void Run<TOperation>(SimdWidth width, float factor, ReadOnlySpan<float> x, Span<float> y)
        where TOperation : IOperation
    {
        Shapes.ThrowIfDifferent(x.Length, y.Length);
        fixed (float* px = x, py = y)
        {
            switch (width)
            {
                case SimdWidth.Vector512:
                    Run<TOperation, Lanes512, Vector512<float>>(factor, px, py, x.Length);
                    break;
                case SimdWidth.Vector256:
                    Run<TOperation, Lanes256, Vector256<float>>(factor, px, py, x.Length);
                    break;
                default:
                    Run<TOperation, LanesScalar, float>(factor, px, py, x.Length);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TOperation, TLanes, TVector>(float factor, float* x, float* y, int count)
        where TOperation : IOperation
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var factors = TLanes.Broadcast(factor);
        var i = 0;
        for (; i <= count - 4 * TLanes.Count; i += 4 * TLanes.Count)
        {
            float* from = x + i, to = y + i;
            TLanes.Store(TOperation.Of<TLanes, TVector>(TLanes.Load(from), TLanes.Load(to), factors), to);
            TLanes.Store(
                TOperation.Of<TLanes, TVector>(TLanes.Load(from + TLanes.Count), TLanes.Load(to + TLanes.Count), factors),
                to + TLanes.Count);
            TLanes.Store(
                TOperation.Of<TLanes, TVector>(TLanes.Load(from + 2 * TLanes.Count), TLanes.Load(to + 2 * TLanes.Count), factors),
                to + 2 * TLanes.Count);
            TLanes.Store(
                TOperation.Of<TLanes, TVector>(TLanes.Load(from + 3 * TLanes.Count), TLanes.Load(to + 3 * TLanes.Count), factors),
                to + 3 * TLanes.Count);
        }
        for (; i <= count - TLanes.Count; i += TLanes.Count)
            TLanes.Store(TOperation.Of<TLanes, TVector>(TLanes.Load(x + i), TLanes.Load(y + i), factors), y + i);
        for (; i < count; i++)
            y[i] = TOperation.Of<LanesScalar, float>(x[i], y[i], factor);
    }

    /// <summary>Four sums at a time: a fused multiply-add takes four cycles, and two can begin in each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot<TLanes, TVector>(float* x, float* y, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector sum0, sum1, sum2, sum3;
        sum0 = sum1 = sum2 = sum3 = TLanes.Broadcast(0);
        var i = 0;
        for (; i <= count - 4 * TLanes.Count; i += 4 * TLanes.Count)
        {
            float* from = x + i, to = y + i;
            sum0 = TLanes.MultiplyAdd(TLanes.Load(from), TLanes.Load(to), sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Load(from + TLanes.Count), TLanes.Load(to + TLanes.Count), sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Load(from + 2 * TLanes.Count), TLanes.Load(to + 2 * TLanes.Count), sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Load(from + 3 * TLanes.Count), TLanes.Load(to + 3 * TLanes.Count), sum3);
        }
        for (; i <= count - TLanes.Count; i += TLanes.Count)
            sum0 = TLanes.MultiplyAdd(TLanes.Load(x + i), TLanes.Load(y + i), sum0);
        var sum = TLanes.Sum(TLanes.Add(TLanes.Add(sum0, sum1), TLanes.Add(sum2, sum3)));
        for (; i < count; i++)
            sum = MathF.FusedMultiplyAdd(x[i], y[i], sum);
        return sum;
    }

    private readonly struct ScaledSum : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of<TLanes, TVector>(TVector x, TVector y, TVector factor)
            where TLanes : ILanes<TVector>
            where TVector : struct
            => TLanes.MultiplyAdd(x, factor, y);
    }

    private readonly struct Sum : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of<TLanes, TVector>(TVector x, TVector y, TVector factor)
            where TLanes : ILanes<TVector>
            where TVector : struct
            => TLanes.Add(y, x);
    }

    private readonly struct Product : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of<TLanes, TVector>(TVector x, TVector y, TVector factor)
            where TLanes : ILanes<TVector>
            where TVector : struct
            => TLanes.Multiply(y, x);
    }

    private readonly struct Scaled : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of<TLanes, TVector>(TVector x, TVector y, TVector factor)
            where TLanes : ILanes<TVector>
            where TVector : struct
            => TLanes.Multiply(y, factor);
    }
}
