using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;
using Kindred.Numerics.Probability;

namespace Kindred.Numerics.Dense;

/// <summary>Functions between the layers of a network, with their gradients.</summary>
/// <remarks>
/// Allocates nothing; the same bits at every vector width; a span may be both input and output. NaN is handed on, but max(0, NaN) is 0.
/// </remarks>
public static unsafe class Activation
{
    private interface IFunction
    {
        /// <summary>The value, from x; or the gradient, from x and the gradient of the value.</summary>
        static abstract TVector Of<TLanes, TVector>(TVector x, TVector gradient)
            where TLanes : ILanes<TVector>
            where TVector : struct;
    }

    /// <summary>y = max(0, x).</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Relu(ReadOnlySpan<float> x, Span<float> y) => Relu(Simd.Width, x, y);

    /// <summary>dx = dy where x &gt; 0, else 0.</summary>
    /// <param name="x">What went in, or what came out: both have the same sign.</param>
    /// <param name="dy">Gradient of the value.</param>
    /// <param name="dx">Receives the gradient of x.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void ReluGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) => ReluGradient(Simd.Width, x, dy, dx);

    /// <summary>y = x / (1 + exp(-x)), the sigmoid-weighted linear unit (Elfwing, Uchibe, Doya, 2018).</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>Relative error ≤ 1e-6; 0 below -86.</remarks>
    public static void Silu(ReadOnlySpan<float> x, Span<float> y) => Silu(Simd.Width, x, y);

    /// <summary>dx = dy · σ(x) · (1 + x · (1 - σ(x))).</summary>
    /// <param name="x">What went in.</param>
    /// <param name="dy">Gradient of the value.</param>
    /// <param name="dx">Receives the gradient of x.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>|error| ≤ 1e-6·(1 + |x|)·|dy|.</remarks>
    public static void SiluGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) => SiluGradient(Simd.Width, x, dy, dx);

    internal static void Relu(SimdWidth width, ReadOnlySpan<float> x, Span<float> y) => Run<ReluValue>(width, x, x, y);

    internal static void ReluGradient(SimdWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) =>
        Run<ReluSlope>(width, x, dy, dx);

    internal static void Silu(SimdWidth width, ReadOnlySpan<float> x, Span<float> y) => Run<SiluValue>(width, x, x, y);

    internal static void SiluGradient(SimdWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) =>
        Run<SiluSlope>(width, x, dy, dx);

    private static void Run<TFunction>(SimdWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> gradient, Span<float> result)
        where TFunction : IFunction
    {
        Shapes.ThrowIfDifferent(gradient.Length, x.Length);
        Shapes.ThrowIfDifferent(result.Length, x.Length);
        fixed (float* px = x, pGradient = gradient, pResult = result)
        {
            switch (width)
            {
                case SimdWidth.Vector512:
                    Run<TFunction, Lanes512, Vector512<float>>(px, pGradient, pResult, x.Length);
                    break;
                case SimdWidth.Vector256:
                    Run<TFunction, Lanes256, Vector256<float>>(px, pGradient, pResult, x.Length);
                    break;
                default:
                    Run<TFunction, LanesScalar, float>(px, pGradient, pResult, x.Length);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TFunction, TLanes, TVector>(float* x, float* gradient, float* result, int count)
        where TFunction : IFunction
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
            TLanes.Store(TFunction.Of<TLanes, TVector>(TLanes.Load(x + i), TLanes.Load(gradient + i)), result + i);
        if (i < count)
            TLanes.StorePart(
                TFunction.Of<TLanes, TVector>(TLanes.LoadPart(x + i, count - i), TLanes.LoadPart(gradient + i, count - i)), result + i,
                count - i);
    }

    private readonly struct ReluValue : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of<TLanes, TVector>(TVector x, TVector gradient)
            where TLanes : ILanes<TVector>
            where TVector : struct
            => TLanes.SelectLess(TLanes.Broadcast(0), x, x, TLanes.Broadcast(0));
    }

    private readonly struct ReluSlope : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of<TLanes, TVector>(TVector x, TVector gradient)
            where TLanes : ILanes<TVector>
            where TVector : struct
            => TLanes.SelectLess(TLanes.Broadcast(0), x, gradient, TLanes.Broadcast(0));
    }

    private readonly struct SiluValue : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of<TLanes, TVector>(TVector x, TVector gradient)
            where TLanes : ILanes<TVector>
            where TVector : struct
            => TLanes.Divide(x, TLanes.Add(TLanes.Broadcast(1), Exponential.Of<TLanes, TVector>(TLanes.Subtract(TLanes.Broadcast(0), x))));
    }

    private readonly struct SiluSlope : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of<TLanes, TVector>(TVector x, TVector gradient)
            where TLanes : ILanes<TVector>
            where TVector : struct
        {
            // With e = exp(-x): σ = 1 / (1 + e) and 1 - σ = e·σ. Below -80 the gradient is 0 to the last bit; there ∞ · 0 would be no number.
            var one = TLanes.Broadcast(1);
            var least = TLanes.Broadcast(-80);
            x = TLanes.SelectLess(x, least, least, x);
            var e = Exponential.OfNegative<TLanes, TVector>(TLanes.Subtract(TLanes.Broadcast(0), x));
            var sigmoid = TLanes.Divide(one, TLanes.Add(one, e));
            var slope = TLanes.MultiplyAdd(TLanes.Multiply(x, e), sigmoid, one);
            return TLanes.Multiply(gradient, TLanes.Multiply(sigmoid, slope));
        }
    }
}
