using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Dense;

/// <summary>Layer normalisation and its gradient (Ba, Kiros, Hinton, 2016). Twin: <see cref="LayerNormReference"/>.</summary>
/// <remarks>
/// Allocates nothing. Relative error of a normalised value ≤ width·2^-22. NaN stays in its row, except in the gradients of gain and bias.
/// </remarks>
public static unsafe class LayerNorm
{
    /// <summary>Added to the variance, so that a constant row becomes 0.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>y = (x - mean) / √(variance + ε) · gain + bias, row by row.</summary>
    /// <param name="x">Row-major, shape [rows, width].</param>
    /// <param name="rows">At least 0.</param>
    /// <param name="width">At least 1.</param>
    /// <param name="gain">Shape [width].</param>
    /// <param name="bias">Shape [width].</param>
    /// <param name="normalized">
    /// Receives y before gain and bias, shape [rows, width]; the backward pass needs it. May be the span of x or of y, if that pass is not
    /// wanted.
    /// </param>
    /// <param name="inverseDeviations">Receives 1 / √(variance + ε), shape [rows].</param>
    /// <param name="y">Shape [rows, width]; may be the span of x.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, int rows, int width, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias,
        Span<float> normalized, Span<float> inverseDeviations, Span<float> y) =>
        Forward(Simd.Width, x, rows, width, gain, bias, normalized, inverseDeviations, y);

    /// <summary>The gradients of a loss with respect to x, gain and bias.</summary>
    /// <param name="dy">Gradient with respect to y, shape [rows, width].</param>
    /// <param name="rows">At least 0.</param>
    /// <param name="width">At least 1.</param>
    /// <param name="gain">Shape [width].</param>
    /// <param name="normalized">From the forward pass, shape [rows, width].</param>
    /// <param name="inverseDeviations">From the forward pass, shape [rows].</param>
    /// <param name="dGain">Is added to, shape [width].</param>
    /// <param name="dBias">Is added to, shape [width].</param>
    /// <param name="dx">Shape [rows, width]; may be the span of dy unless <paramref name="accumulate"/> is set.</param>
    /// <param name="accumulate">Adds to dx instead of overwriting it: the gradient also comes past the normalisation (a residual).</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void Backward(
        ReadOnlySpan<float> dy, int rows, int width, ReadOnlySpan<float> gain, ReadOnlySpan<float> normalized, ReadOnlySpan<float> inverseDeviations,
        Span<float> dGain, Span<float> dBias, Span<float> dx, bool accumulate = false) =>
        Backward(Simd.Width, dy, rows, width, gain, normalized, inverseDeviations, dGain, dBias, dx, accumulate);

    internal static void Forward(
        SimdWidth lanes, ReadOnlySpan<float> x, int rows, int width, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias,
        Span<float> normalized, Span<float> inverseDeviations, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Shapes.ThrowIfNotMatrix(x.Length, rows, width);
        Shapes.ThrowIfDifferent(gain.Length, width);
        Shapes.ThrowIfDifferent(bias.Length, width);
        Shapes.ThrowIfNotMatrix(normalized.Length, rows, width);
        Shapes.ThrowIfDifferent(inverseDeviations.Length, rows);
        Shapes.ThrowIfNotMatrix(y.Length, rows, width);
        fixed (float* px = x, pGain = gain, pBias = bias, pNormalized = normalized, pInverse = inverseDeviations, py = y)
        {
            switch (lanes)
            {
                case SimdWidth.Vector512:
                    Forward<Lanes512, Vector512<float>>(px, rows, width, pGain, pBias, pNormalized, pInverse, py);
                    break;
                case SimdWidth.Vector256:
                    Forward<Lanes256, Vector256<float>>(px, rows, width, pGain, pBias, pNormalized, pInverse, py);
                    break;
                default:
                    Forward<LanesScalar, float>(px, rows, width, pGain, pBias, pNormalized, pInverse, py);
                    break;
            }
        }
    }

    internal static void Backward(
        SimdWidth lanes, ReadOnlySpan<float> dy, int rows, int width, ReadOnlySpan<float> gain,
        ReadOnlySpan<float> normalized, ReadOnlySpan<float> inverseDeviations,
        Span<float> dGain, Span<float> dBias, Span<float> dx, bool accumulate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Shapes.ThrowIfNotMatrix(dy.Length, rows, width);
        Shapes.ThrowIfDifferent(gain.Length, width);
        Shapes.ThrowIfNotMatrix(normalized.Length, rows, width);
        Shapes.ThrowIfDifferent(inverseDeviations.Length, rows);
        Shapes.ThrowIfDifferent(dGain.Length, width);
        Shapes.ThrowIfDifferent(dBias.Length, width);
        Shapes.ThrowIfNotMatrix(dx.Length, rows, width);
        fixed (float* pdy = dy, pGain = gain, pNormalized = normalized, pInverse = inverseDeviations, pdGain = dGain, pdBias = dBias, pdx = dx)
        {
            switch (lanes)
            {
                case SimdWidth.Vector512:
                    Backward<Lanes512, Vector512<float>>(pdy, rows, width, pGain, pNormalized, pInverse, pdGain, pdBias, pdx, accumulate);
                    break;
                case SimdWidth.Vector256:
                    Backward<Lanes256, Vector256<float>>(pdy, rows, width, pGain, pNormalized, pInverse, pdGain, pdBias, pdx, accumulate);
                    break;
                default:
                    Backward<LanesScalar, float>(pdy, rows, width, pGain, pNormalized, pInverse, pdGain, pdBias, pdx, accumulate);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TLanes, TVector>(
        float* x, int rows, int width, float* gain, float* bias, float* normalized, float* inverseDeviations, float* y)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var whole = width - width % TLanes.Count;
        for (var row = 0; row < rows; row++, x += width, normalized += width, y += width)
        {
            var sums = TLanes.Broadcast(0);
            for (var i = 0; i < whole; i += TLanes.Count)
                sums = TLanes.Add(sums, TLanes.Load(x + i));
            var sum = TLanes.Sum(sums);
            for (var i = whole; i < width; i++)
                sum += x[i];
            var mean = sum / width;

            // A second pass over the row: the sum of squares less the square of the sum would cancel.
            var means = TLanes.Broadcast(mean);
            var squares = TLanes.Broadcast(0);
            for (var i = 0; i < whole; i += TLanes.Count)
            {
                var centered = TLanes.Subtract(TLanes.Load(x + i), means);
                squares = TLanes.MultiplyAdd(centered, centered, squares);
            }
            var square = TLanes.Sum(squares);
            for (var i = whole; i < width; i++)
                square += (x[i] - mean) * (x[i] - mean);
            var inverse = 1 / MathF.Sqrt(square / width + Epsilon);
            inverseDeviations[row] = inverse;

            var inverses = TLanes.Broadcast(inverse);
            for (var i = 0; i < whole; i += TLanes.Count)
            {
                var value = TLanes.Multiply(TLanes.Subtract(TLanes.Load(x + i), means), inverses);
                TLanes.Store(value, normalized + i);
                TLanes.Store(TLanes.MultiplyAdd(value, TLanes.Load(gain + i), TLanes.Load(bias + i)), y + i);
            }
            for (var i = whole; i < width; i++)
            {
                var value = (x[i] - mean) * inverse;
                normalized[i] = value;
                y[i] = MathF.FusedMultiplyAdd(value, gain[i], bias[i]);
            }
        }
    }

    /// <summary>With g = dy · gain and n = normalized: dx = (g - mean(g) - n · mean(g · n)) · inverse deviation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<TLanes, TVector>(
        float* dy, int rows, int width, float* gain, float* normalized, float* inverseDeviations, float* dGain, float* dBias, float* dx,
        bool accumulate)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var whole = width - width % TLanes.Count;
        for (var row = 0; row < rows; row++, dy += width, normalized += width, dx += width)
        {
            var sums = TLanes.Broadcast(0);
            var products = TLanes.Broadcast(0);
            for (var i = 0; i < whole; i += TLanes.Count)
            {
                var gradient = TLanes.Load(dy + i);
                var value = TLanes.Load(normalized + i);
                TLanes.Store(TLanes.Add(TLanes.Load(dBias + i), gradient), dBias + i);
                TLanes.Store(TLanes.MultiplyAdd(gradient, value, TLanes.Load(dGain + i)), dGain + i);
                var scaled = TLanes.Multiply(gradient, TLanes.Load(gain + i));
                sums = TLanes.Add(sums, scaled);
                products = TLanes.MultiplyAdd(scaled, value, products);
            }
            var (sum, product) = (TLanes.Sum(sums), TLanes.Sum(products));
            for (var i = whole; i < width; i++)
            {
                dBias[i] += dy[i];
                dGain[i] = MathF.FusedMultiplyAdd(dy[i], normalized[i], dGain[i]);
                var scaled = dy[i] * gain[i];
                sum += scaled;
                product += scaled * normalized[i];
            }

            var inverse = inverseDeviations[row];
            var (shift, slope) = (-sum / width, -product / width);
            var (shifts, slopes, inverses) = (TLanes.Broadcast(shift), TLanes.Broadcast(slope), TLanes.Broadcast(inverse));
            for (var i = 0; i < whole; i += TLanes.Count)
            {
                var centered = TLanes.MultiplyAdd(
                    TLanes.Load(dy + i), TLanes.Load(gain + i), TLanes.MultiplyAdd(TLanes.Load(normalized + i), slopes, shifts));
                TLanes.Store(accumulate ? TLanes.MultiplyAdd(centered, inverses, TLanes.Load(dx + i)) : TLanes.Multiply(centered, inverses), dx + i);
            }
            for (var i = whole; i < width; i++)
            {
                var value = (dy[i] * gain[i] + normalized[i] * slope + shift) * inverse;
                dx[i] = accumulate ? dx[i] + value : value;
            }
        }
    }
}
