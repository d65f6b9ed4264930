using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics.Probability;

/// <summary>
/// Leaves out a random share of the values (Srivastava et al., 2014). Whether a value is kept is a hash of seed, stream and position:
/// nothing needs to be remembered for the backward pass, and neither threads nor the vector width change a mask.
/// </summary>
/// <remarks>
/// The hash is the 32-bit finaliser lowbias32 (Wellons, Prospecting for Hash Functions, 2018) of position + key, with the two keys of a stream from
/// SplitMix64. Give each use (layer, step, worker) a stream of its own. Allocates nothing.
/// </remarks>
public static unsafe class Dropout
{
    /// <summary>Writes a mask: 0 with probability <paramref name="rate"/>, else 1 / (1 - rate).</summary>
    /// <param name="mask">Receives the mask.</param>
    /// <param name="rate">At least 0, less than 1; exact to 2^-32.</param>
    /// <param name="seed">Of the training.</param>
    /// <param name="stream">Of this use.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
    public static void Fill(Span<float> mask, float rate, ulong seed, ulong stream) => Fill(Simd.Width, mask, rate, seed, stream);

    /// <summary>y = x · mask, the mask of <see cref="Fill(Span{float}, float, ulong, ulong)"/>; with gradients the backward pass.</summary>
    /// <param name="x">Dropped values do not reach y, even NaN.</param>
    /// <param name="y">Shape [x]; may be the span of x.</param>
    /// <inheritdoc cref="Fill(Span{float}, float, ulong, ulong)"/>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Apply(ReadOnlySpan<float> x, Span<float> y, float rate, ulong seed, ulong stream) =>
        Apply(Simd.Width, x, y, rate, seed, stream);

    internal static void Fill(SimdWidth width, Span<float> mask, float rate, ulong seed, ulong stream)
    {
        mask.Fill(1);
        Apply(width, mask, mask, rate, seed, stream);
    }

    internal static void Apply(SimdWidth width, ReadOnlySpan<float> x, Span<float> y, float rate, ulong seed, ulong stream)
    {
        Shapes.ThrowIfDifferent(y.Length, x.Length);
        if (!(rate >= 0 && rate < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A dropout rate is at least 0 and less than 1.");
        if (rate == 0)
        {
            x.CopyTo(y);
            return;
        }
        var key = SplitMix64(seed + SplitMix64(stream));
        var dropped = (uint)Math.Min(uint.MaxValue, rate * 4294967296.0); // of 2^32 hashes
        fixed (float* from = x, to = y)
        {
            var done = width switch
            {
                SimdWidth.Vector512 => Apply512(from, to, x.Length, (uint)key, (uint)(key >> 32), dropped, 1 / (1 - rate)),
                SimdWidth.Vector256 => Apply256(from, to, x.Length, (uint)key, (uint)(key >> 32), dropped, 1 / (1 - rate)),
                _ => 0,
            };
            for (; done < x.Length; done++)
                to[done] = Hash((uint)done + (uint)key, (uint)(key >> 32)) < dropped ? 0 : from[done] * (1 / (1 - rate));
        }
    }

    private static uint Hash(uint position, uint key)
    {
        position ^= position >> 16;
        position *= 0x7feb352d;
        position ^= key;
        position ^= position >> 15;
        position *= 0x846ca68b;
        return position ^ position >> 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Apply512(float* x, float* y, int count, uint first, uint key, uint dropped, float scale)
    {
        var position = Vector512.Create(first) + Vector512<uint>.Indices;
        var (keys, limit, scales) = (Vector512.Create(key), Vector512.Create(dropped), Vector512.Create(scale));
        var i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var hash = position;
            hash ^= hash >>> 16;
            hash *= 0x7feb352d;
            hash ^= keys;
            hash ^= hash >>> 15;
            hash *= 0x846ca68b;
            hash ^= hash >>> 16;
            Vector512.AndNot(Vector512.Load(x + i) * scales, Vector512.LessThan(hash, limit).AsSingle()).Store(y + i);
            position += Vector512.Create((uint)Vector512<float>.Count);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Apply256(float* x, float* y, int count, uint first, uint key, uint dropped, float scale)
    {
        var position = Vector256.Create(first) + Vector256<uint>.Indices;
        var (keys, limit, scales) = (Vector256.Create(key), Vector256.Create(dropped), Vector256.Create(scale));
        var i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var hash = position;
            hash ^= hash >>> 16;
            hash *= 0x7feb352d;
            hash ^= keys;
            hash ^= hash >>> 15;
            hash *= 0x846ca68b;
            hash ^= hash >>> 16;
            Vector256.AndNot(Vector256.Load(x + i) * scales, Vector256.LessThan(hash, limit).AsSingle()).Store(y + i);
            position += Vector256.Create((uint)Vector256<float>.Count);
        }
        return i;
    }

    /// <summary>Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators, 2014.</summary>
    private static ulong SplitMix64(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
        value = (value ^ value >> 27) * 0x94d049bb133111eb;
        return value ^ value >> 31;
    }
}
