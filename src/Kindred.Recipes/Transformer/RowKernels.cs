using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// What lies between two matrix products, each in one pass over rows of a width that is a multiple of 8: memory, not arithmetic, is
/// what these cost. Kept activations are one bit each, eight to a byte.
/// </summary>
internal static class RowKernels
{
    private const float Epsilon = 1e-6f;
    private const int Lanes = 8;
    private static readonly Vector256<int> LaneBits = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);

    /// <summary>normalized = (x - mean) / deviation, row by row (Ba, Kiros, Hinton, Layer normalization, 2016, without gain and bias).</summary>
    /// <param name="x">Shape [rows, width].</param>
    /// <param name="width">Multiple of 8.</param>
    /// <param name="normalized">Shape [rows, width].</param>
    /// <param name="inverseDeviations">Shape [rows].</param>
    public static void Normalize(ReadOnlySpan<float> x, int width, Span<float> normalized, Span<float> inverseDeviations)
    {
        ThrowIfShort(normalized, x.Length);
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(normalized);
        for (int row = 0, start = 0; start < x.Length; row++, start += width)
        {
            var (sums, squares) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var j = start; j < start + width; j += Lanes)
                sums += Vector256.LoadUnsafe(ref from, (nuint)j);
            var mean = Vector256.Create(Vector256.Sum(sums) / width);
            for (var j = start; j < start + width; j += Lanes)
            {
                var difference = Vector256.LoadUnsafe(ref from, (nuint)j) - mean;
                squares = Vector256.FusedMultiplyAdd(difference, difference, squares);
            }
            var inverse = 1 / MathF.Sqrt(Vector256.Sum(squares) / width + Epsilon);
            inverseDeviations[row] = inverse;
            var scale = Vector256.Create(inverse);
            for (var j = start; j < start + width; j += Lanes)
                ((Vector256.LoadUnsafe(ref from, (nuint)j) - mean) * scale).StoreUnsafe(ref to, (nuint)j);
        }
    }

    /// <summary>dx += derivative of <see cref="Normalize"/>, given the derivative of its result.</summary>
    public static void AddNormalizeGradient(
        ReadOnlySpan<float> gradient, int width, ReadOnlySpan<float> normalized, ReadOnlySpan<float> inverseDeviations, Span<float> dx)
    {
        ThrowIfShort(normalized, gradient.Length);
        ThrowIfShort(dx, gradient.Length);
        ref var dy = ref MemoryMarshal.GetReference(gradient);
        ref var h = ref MemoryMarshal.GetReference(normalized);
        ref var to = ref MemoryMarshal.GetReference(dx);
        for (int row = 0, start = 0; start < gradient.Length; row++, start += width)
        {
            var (sums, products) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var j = start; j < start + width; j += Lanes)
            {
                var g = Vector256.LoadUnsafe(ref dy, (nuint)j);
                sums += g;
                products = Vector256.FusedMultiplyAdd(g, Vector256.LoadUnsafe(ref h, (nuint)j), products);
            }
            var mean = Vector256.Create(Vector256.Sum(sums) / width);
            var slope = Vector256.Create(Vector256.Sum(products) / width);
            var scale = Vector256.Create(inverseDeviations[row]);
            for (var j = start; j < start + width; j += Lanes)
            {
                var g = Vector256.LoadUnsafe(ref dy, (nuint)j) - mean - Vector256.LoadUnsafe(ref h, (nuint)j) * slope;
                Vector256.FusedMultiplyAdd(g, scale, Vector256.LoadUnsafe(ref to, (nuint)j)).StoreUnsafe(ref to, (nuint)j);
            }
        }
    }

    /// <summary>y = normalized · gain + bias.</summary>
    public static void Scale(ReadOnlySpan<float> normalized, int width, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, Span<float> y)
    {
        ThrowIfShort(y, normalized.Length);
        for (var start = 0; start < normalized.Length; start += width)
        {
            for (var j = 0; j < width; j += Lanes)
                Vector256.FusedMultiplyAdd(At(normalized, start + j), At(gain, j), At(bias, j)).StoreUnsafe(ref y[start + j]);
        }
    }

    /// <summary>Derivative of <see cref="Scale"/>: adds to those of gain and bias, and turns dy into that of the normalized rows.</summary>
    public static void ScaleGradient(
        Span<float> dy, int width, ReadOnlySpan<float> normalized, ReadOnlySpan<float> gain, Span<float> gainGradient, Span<float> biasGradient)
    {
        ThrowIfShort(normalized, dy.Length);
        for (var start = 0; start < dy.Length; start += width)
        {
            for (var j = 0; j < width; j += Lanes)
            {
                var g = At(dy, start + j);
                Vector256.FusedMultiplyAdd(g, At(normalized, start + j), At(gainGradient, j)).StoreUnsafe(ref gainGradient[j]);
                (At(biasGradient, j) + g).StoreUnsafe(ref biasGradient[j]);
                (g * At(gain, j)).StoreUnsafe(ref dy[start + j]);
            }
        }
    }

    /// <summary>y += bias; then the first <paramref name="scaled"/> columns are multiplied by <paramref name="scale"/>.</summary>
    public static void AddBias(Span<float> y, int width, ReadOnlySpan<float> bias, int scaled, float scale)
    {
        var factor = Vector256.Create(scale);
        for (var start = 0; start < y.Length; start += width)
        {
            for (var j = 0; j < scaled; j += Lanes)
                ((At(y, start + j) + At(bias, j)) * factor).StoreUnsafe(ref y[start + j]);
            for (var j = scaled; j < width; j += Lanes)
                (At(y, start + j) + At(bias, j)).StoreUnsafe(ref y[start + j]);
        }
    }

    /// <summary>Derivative of <see cref="AddBias"/>: scales the first columns of dy and adds its rows to the bias's.</summary>
    public static void BiasGradient(Span<float> dy, int width, int scaled, float scale, Span<float> biasGradient)
    {
        var factor = Vector256.Create(scale);
        for (var start = 0; start < dy.Length; start += width)
        {
            for (var j = 0; j < scaled; j += Lanes)
            {
                var g = At(dy, start + j) * factor;
                g.StoreUnsafe(ref dy[start + j]);
                (At(biasGradient, j) + g).StoreUnsafe(ref biasGradient[j]);
            }
            for (var j = scaled; j < width; j += Lanes)
                (At(biasGradient, j) + At(dy, start + j)).StoreUnsafe(ref biasGradient[j]);
        }
    }

    /// <summary>y = max(0, y + bias).</summary>
    public static void AddBiasRectify(Span<float> y, int width, ReadOnlySpan<float> bias)
    {
        for (var start = 0; start < y.Length; start += width)
        {
            for (var j = 0; j < width; j += Lanes)
                Vector256.Max(At(y, start + j) + At(bias, j), Vector256<float>.Zero).StoreUnsafe(ref y[start + j]);
        }
    }

    /// <summary>y = dropout(max(0, y + bias)). What was dropped is 0, so <see cref="RectifyGradient"/> needs no mask.</summary>
    public static void AddBiasRectifyDrop(Span<float> y, int width, ReadOnlySpan<float> bias, ref DropoutStream stream)
    {
        var kept = stream; // a local, so that its state stays in a register
        var scale = Vector256.Create(kept.Scale);
        for (var start = 0; start < y.Length; start += width)
        {
            for (var j = 0; j < width; j += Lanes)
            {
                var value = Vector256.Max(At(y, start + j) + At(bias, j), Vector256<float>.Zero) * scale;
                (value & kept.NextKept()).StoreUnsafe(ref y[start + j]);
            }
        }
        stream = kept;
    }

    /// <summary>Turns dy, the derivative of the rectified and dropped y, into that of the product, and adds its rows to the bias's.</summary>
    public static void RectifyGradient(Span<float> dy, int width, ReadOnlySpan<float> y, float scale, Span<float> biasGradient)
    {
        ThrowIfShort(y, dy.Length);
        var factor = Vector256.Create(scale);
        for (var start = 0; start < dy.Length; start += width)
        {
            for (var j = 0; j < width; j += Lanes)
            {
                var g = At(dy, start + j) * factor & Vector256.GreaterThan(At(y, start + j), Vector256<float>.Zero);
                g.StoreUnsafe(ref dy[start + j]);
                (At(biasGradient, j) + g).StoreUnsafe(ref biasGradient[j]);
            }
        }
    }

    /// <summary>sum = residual + y + bias. The sum may lie where the residual does.</summary>
    public static void AddResidual(ReadOnlySpan<float> residual, ReadOnlySpan<float> y, int width, ReadOnlySpan<float> bias, Span<float> sum)
    {
        ThrowIfShort(sum, y.Length);
        ThrowIfShort(residual, y.Length);
        for (var start = 0; start < y.Length; start += width)
        {
            for (var j = 0; j < width; j += Lanes)
                (At(residual, start + j) + (At(y, start + j) + At(bias, j))).StoreUnsafe(ref sum[start + j]);
        }
    }

    /// <summary>sum = residual + dropout(y + bias), and says in <paramref name="bits"/> what was kept.</summary>
    public static void AddResidualDrop(
        ReadOnlySpan<float> residual, ReadOnlySpan<float> y, int width,
        ReadOnlySpan<float> bias, Span<float> sum, Span<byte> bits, ref DropoutStream stream)
    {
        ThrowIfShort(sum, y.Length);
        ThrowIfShort(residual, y.Length);
        var kept = stream;
        var scale = Vector256.Create(kept.Scale);
        for (var start = 0; start < y.Length; start += width)
        {
            for (var j = 0; j < width; j += Lanes)
            {
                var mask = kept.NextKept();
                bits[(start + j) / Lanes] = (byte)mask.ExtractMostSignificantBits();
                (At(residual, start + j) + ((At(y, start + j) + At(bias, j)) * scale & mask)).StoreUnsafe(ref sum[start + j]);
            }
        }
        stream = kept;
    }

    /// <summary>dy = derivative of dropout(y + bias) given that of the sum, and adds its rows to the bias's.</summary>
    public static void DropGradient(
        ReadOnlySpan<float> gradient, int width, ReadOnlySpan<byte> bits, float scale, Span<float> dy, Span<float> biasGradient)
    {
        ThrowIfShort(dy, gradient.Length);
        var factor = Vector256.Create(scale);
        for (var start = 0; start < gradient.Length; start += width)
        {
            for (var j = 0; j < width; j += Lanes)
            {
                var g = At(gradient, start + j) * factor & Expand(bits[(start + j) / Lanes]);
                g.StoreUnsafe(ref dy[start + j]);
                (At(biasGradient, j) + g).StoreUnsafe(ref biasGradient[j]);
            }
        }
    }

    /// <summary>x = dropout(x), and says in <paramref name="bits"/> what was kept.</summary>
    public static void Drop(Span<float> x, Span<byte> bits, ref DropoutStream stream)
    {
        var kept = stream;
        var scale = Vector256.Create(kept.Scale);
        for (var j = 0; j < x.Length; j += Lanes)
        {
            var mask = kept.NextKept();
            bits[j / Lanes] = (byte)mask.ExtractMostSignificantBits();
            (At(x, j) * scale & mask).StoreUnsafe(ref x[j]);
        }
        stream = kept;
    }

    /// <summary>Derivative of <see cref="Drop"/>, in place.</summary>
    public static void DropGradient(Span<float> dx, ReadOnlySpan<byte> bits, float scale)
    {
        var factor = Vector256.Create(scale);
        for (var j = 0; j < dx.Length; j += Lanes)
            (At(dx, j) * factor & Expand(bits[j / Lanes])).StoreUnsafe(ref dx[j]);
    }

    /// <summary>y += factor · x; lengths are multiples of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(float factor, ReadOnlySpan<float> x, Span<float> y)
    {
        ThrowIfShort(y, x.Length);
        var scale = Vector256.Create(factor);
        for (var j = 0; j < x.Length; j += Lanes)
            Vector256.FusedMultiplyAdd(At(x, j), scale, At(y, j)).StoreUnsafe(ref y[j]);
    }

    /// <summary>x *= factor; the length is a multiple of 8.</summary>
    public static void Multiply(Span<float> x, float factor)
    {
        var scale = Vector256.Create(factor);
        for (var j = 0; j < x.Length; j += Lanes)
            (At(x, j) * scale).StoreUnsafe(ref x[j]);
    }

    /// <summary>Σ x·y; lengths are multiples of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ThrowIfShort(y, x.Length);
        var sums = Vector256<float>.Zero;
        for (var j = 0; j < x.Length; j += Lanes)
            sums = Vector256.FusedMultiplyAdd(At(x, j), At(y, j), sums);
        return Vector256.Sum(sums);
    }

    /// <summary>gradient = p ∘ (gradient - Σ p·gradient): the derivative of a softmax whose result was p. Any length.</summary>
    public static void SoftmaxGradient(ReadOnlySpan<float> p, Span<float> gradient)
    {
        ThrowIfShort(gradient, p.Length);
        var sums = Vector256<float>.Zero;
        var j = 0;
        for (; j + Lanes <= p.Length; j += Lanes)
            sums = Vector256.FusedMultiplyAdd(At(p, j), At(gradient, j), sums);
        var sum = Vector256.Sum(sums);
        for (; j < p.Length; j++)
            sum += p[j] * gradient[j];
        var mean = Vector256.Create(sum);
        for (j = 0; j + Lanes <= p.Length; j += Lanes)
            (At(p, j) * (At(gradient, j) - mean)).StoreUnsafe(ref gradient[j]);
        for (; j < p.Length; j++)
            gradient[j] = p[j] * (gradient[j] - sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Expand(byte bits) => Vector256.Equals(Vector256.Create((int)bits) & LaneBits, LaneBits).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> At(ReadOnlySpan<float> values, int index) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ThrowIfShort(ReadOnlySpan<float> values, int length)
    {
        if (values.Length < length)
            throw new ArgumentException($"{values.Length} floats do not hold {length}.");
    }
}
