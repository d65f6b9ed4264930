using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Probability;

/// <summary>
/// What amounts say about items against their popularity q: the log-odds log(p / (λ·q)) of the mixture p = (1 - λ)·a/Σa + λ·q, which is 0
/// where the amount is not above 0. Twin: <see cref="MixtureOddsReference"/>.
/// </summary>
public static unsafe class MixtureOdds
{
    /// <summary>Registers that are passed over together when none of their amounts is above 0; a float sum is that long.</summary>
    private const int Block = 4;

    /// <summary>Adds weight · log-odds to the scores; nothing when the positive amounts have no finite sum above 0.</summary>
    /// <param name="amounts">One per item; what is not above 0 counts as 0.</param>
    /// <param name="inverseShares">1/q of each item, shape [amounts], so that (1 - λ)/λ·a/Σa/q is at most 1e38.</param>
    /// <param name="smoothing">λ, above 0 and below 1.</param>
    /// <param name="weight">Of the log-odds.</param>
    /// <param name="scores">Added to, shape [amounts]; must not overlap the amounts.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <remarks>
    /// Two passes, allocates nothing. |error| ≤ |weight|·(3e-7·(1 + log-odds)) + 6e-8·|score|: what is in the logarithm is rounded four
    /// times, and the sum is one of floats in blocks and of doubles over them.
    /// </remarks>
    public static void Add(ReadOnlySpan<float> amounts, ReadOnlySpan<float> inverseShares, float smoothing, float weight, Span<float> scores) =>
        Add(Simd.Width, amounts, inverseShares, smoothing, weight, scores);

    internal static void Add(
        SimdWidth width, ReadOnlySpan<float> amounts, ReadOnlySpan<float> inverseShares, float smoothing, float weight, Span<float> scores)
    {
        Shapes.ThrowIfDifferent(inverseShares.Length, amounts.Length);
        Shapes.ThrowIfDifferent(scores.Length, amounts.Length);
        fixed (float* a = amounts, inverse = inverseShares, s = scores)
        {
            switch (width)
            {
                case SimdWidth.Vector512:
                    Run<Lanes512, Vector512<float>>(a, inverse, amounts.Length, smoothing, weight, s);
                    break;
                case SimdWidth.Vector256:
                    Run<Lanes256, Vector256<float>>(a, inverse, amounts.Length, smoothing, weight, s);
                    break;
                default:
                    Run<LanesScalar, float>(a, inverse, amounts.Length, smoothing, weight, s);
                    break;
            }
        }
    }

    private static void Run<TLanes, TVector>(float* amounts, float* inverses, int count, float smoothing, float weight, float* scores)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var total = PositiveSum<TLanes, TVector>(amounts, count);
        if (total > 0 && double.IsFinite(total))
            AddLogs<TLanes, TVector>(amounts, inverses, count, (float)((1 - smoothing) / (smoothing * total)), weight, scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double PositiveSum<TLanes, TVector>(float* amounts, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var (total, zero) = (0.0, TLanes.Broadcast(0));
        for (; count >= Block * TLanes.Count; count -= Block * TLanes.Count, amounts += Block * TLanes.Count)
        {
            var first = TLanes.Add(Positive<TLanes, TVector>(amounts, zero), Positive<TLanes, TVector>(amounts + TLanes.Count, zero));
            var second = TLanes.Add(
                Positive<TLanes, TVector>(amounts + 2 * TLanes.Count, zero), Positive<TLanes, TVector>(amounts + 3 * TLanes.Count, zero));
            total += TLanes.Sum(TLanes.Add(first, second));
        }
        for (; count > 0; count--, amounts++)
            total += *amounts > 0 ? *amounts : 0;
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLogs<TLanes, TVector>(float* amounts, float* inverses, int count, float scale, float weight, float* scores)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var (zero, scales, weights) = (TLanes.Broadcast(0), TLanes.Broadcast(scale), TLanes.Broadcast(weight));
        for (; count >= Block * TLanes.Count; count -= Block * TLanes.Count)
        {
            var largest = TLanes.Max(
                TLanes.Max(TLanes.Load(amounts), TLanes.Load(amounts + TLanes.Count)),
                TLanes.Max(TLanes.Load(amounts + 2 * TLanes.Count), TLanes.Load(amounts + 3 * TLanes.Count)));
            var isAnywhere = !(TLanes.Largest(largest) <= 0); // NaN hides what is beside it
            for (var i = 0; i < Block; i++, amounts += TLanes.Count, inverses += TLanes.Count, scores += TLanes.Count)
            {
                if (isAnywhere)
                {
                    var odds = TLanes.Multiply(TLanes.Multiply(Positive<TLanes, TVector>(amounts, zero), scales), TLanes.Load(inverses));
                    TLanes.Store(TLanes.MultiplyAdd(LogOnePlus.Of<TLanes, TVector>(odds), weights, TLanes.Load(scores)), scores);
                }
            }
        }
        for (; count > 0; count--, amounts++, inverses++, scores++)
        {
            if (*amounts > 0)
                *scores = MathF.FusedMultiplyAdd(LogOnePlus.Of<LanesScalar, float>(*amounts * scale * *inverses), weight, *scores);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Positive<TLanes, TVector>(float* amounts, TVector zero)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var amount = TLanes.Load(amounts);
        return TLanes.SelectLess(zero, amount, amount, zero);
    }
}
