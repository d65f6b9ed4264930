using System.Runtime.CompilerServices;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Probability;

/// <summary>The passes that softmax and log-sum-exp share.</summary>
internal static unsafe class ExponentialSum
{
    /// <summary>Registers per float sum; the sums of blocks are added in double.</summary>
    private const int Block = 32;

    /// <returns>The largest value; NaN or not if a value is NaN, and then the sum of exponentials is NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Largest<TLanes, TVector>(float* values, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var end = values + count;
        var largest0 = TLanes.Broadcast(float.NegativeInfinity);
        var largest1 = largest0;
        for (; end - values >= 2 * TLanes.Count; values += 2 * TLanes.Count)
        {
            largest0 = TLanes.Max(largest0, TLanes.Load(values));
            largest1 = TLanes.Max(largest1, TLanes.Load(values + TLanes.Count));
        }
        if (end - values >= TLanes.Count)
        {
            largest0 = TLanes.Max(largest0, TLanes.Load(values));
            values += TLanes.Count;
        }
        if (values < end && count >= TLanes.Count)
        {
            largest0 = TLanes.Max(largest0, TLanes.Load(end - TLanes.Count)); // some of them twice: no matter for the largest
            values = end;
        }
        var largest = TLanes.Largest(TLanes.Max(largest0, largest1));
        for (; values < end; values++)
            largest = *values > largest ? *values : largest;
        return largest;
    }

    /// <summary>Replaces each x by exp(x - shift).</summary>
    /// <returns>The sum of what is stored.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Replace<TLanes, TVector>(float* values, int count, float shift)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var total = 0.0;
        var shifts = TLanes.Broadcast(shift);
        for (; count > 0; count -= Block * TLanes.Count)
        {
            var left = Math.Min(count, Block * TLanes.Count);
            var sums = TLanes.Broadcast(0);
            for (; left >= TLanes.Count; left -= TLanes.Count, values += TLanes.Count)
            {
                var exponential = Exponential.OfNegative<TLanes, TVector>(TLanes.Subtract(TLanes.Load(values), shifts));
                TLanes.Store(exponential, values);
                sums = TLanes.Add(sums, exponential);
            }
            if (left > 0)
            {
                var exponential = Exponential.OfNegative<TLanes, TVector>(TLanes.Subtract(TLanes.LoadPart(values, left), shifts));
                TLanes.StorePart(exponential, values, left);
                sums = TLanes.Add(sums, TLanes.First(exponential, left));
            }
            total += TLanes.Sum(sums);
        }
        return total;
    }

    /// <returns>Σ exp(x - shift).</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Add<TLanes, TVector>(float* values, int count, float shift)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var total = 0.0;
        var shifts = TLanes.Broadcast(shift);
        for (; count > 0; count -= Block * TLanes.Count)
        {
            var left = Math.Min(count, Block * TLanes.Count);
            var sums = TLanes.Broadcast(0);
            for (; left >= TLanes.Count; left -= TLanes.Count, values += TLanes.Count)
                sums = TLanes.Add(sums, Exponential.OfNegative<TLanes, TVector>(TLanes.Subtract(TLanes.Load(values), shifts)));
            if (left > 0)
                sums = TLanes.Add(
                    sums,
                    TLanes.First(Exponential.OfNegative<TLanes, TVector>(TLanes.Subtract(TLanes.LoadPart(values, left), shifts)), left));
            total += TLanes.Sum(sums);
        }
        return total;
    }
}
