using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Probability;

/// <summary>log(1 + x) of values from 0 on, in single precision throughout. Twin: <see cref="LogOnePlusReference"/>.</summary>
public static unsafe class LogOnePlus
{
    /// <summary>Writes the logarithm of one plus each value.</summary>
    /// <param name="values">From 0 to 1e38; of anything else the result is undefined.</param>
    /// <param name="results">Shape [values]; may be the same span as the values.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <remarks>Allocates nothing. |error| ≤ 1.5e-7·(1 + result): 1 + x is rounded first. The same bits at every vector width.</remarks>
    public static void Compute(ReadOnlySpan<float> values, Span<float> results) => Compute(Simd.Width, values, results);

    internal static void Compute(SimdWidth width, ReadOnlySpan<float> values, Span<float> results)
    {
        Shapes.ThrowIfDifferent(results.Length, values.Length);
        fixed (float* from = values, to = results)
        {
            switch (width)
            {
                case SimdWidth.Vector512:
                    Run<Lanes512, Vector512<float>>(from, to, values.Length);
                    break;
                case SimdWidth.Vector256:
                    Run<Lanes256, Vector256<float>>(from, to, values.Length);
                    break;
                default:
                    Run<LanesScalar, float>(from, to, values.Length);
                    break;
            }
        }
    }

    /// <summary>log(m·2ⁿ) = log m + n·log 2 with m in [√½, √2); log m by the polynomial of Cephes (Moshier, logf.c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Of<TLanes, TVector>(TVector x)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var y = TLanes.Add(x, TLanes.Broadcast(1));
        var n = TLanes.Exponent(y);
        var r = TLanes.Subtract(TLanes.Mantissa(y), TLanes.Broadcast(1));
        var p = TLanes.MultiplyAdd(TLanes.Broadcast(7.0376836292e-2f), r, TLanes.Broadcast(-1.1514610310e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1.1676998740e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(-1.2420140846e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1.4249322787e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(-1.6668057665e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(2.0000714765e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(-2.4999993993e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(3.3333331174e-1f));
        var square = TLanes.Multiply(r, r);
        p = TLanes.Multiply(TLanes.Multiply(p, r), square);
        p = TLanes.MultiplyAdd(n, TLanes.Broadcast(-2.12194440e-4f), p);
        p = TLanes.MultiplyAdd(square, TLanes.Broadcast(-0.5f), p);
        return TLanes.MultiplyAdd(n, TLanes.Broadcast(0.693359375f), TLanes.Add(r, p));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TVector>(float* values, float* results, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        for (; count >= TLanes.Count; count -= TLanes.Count, values += TLanes.Count, results += TLanes.Count)
            TLanes.Store(Of<TLanes, TVector>(TLanes.Load(values)), results);
        if (count > 0)
            TLanes.StorePart(Of<TLanes, TVector>(TLanes.LoadPart(values, count)), results, count);
    }
}
