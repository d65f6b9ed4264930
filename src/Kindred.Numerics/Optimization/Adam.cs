using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Optimization;

/// <summary>
/// Steps down a gradient at a rate of each weight's own (Kingma, Ba, Adam, 2015; decoupled weight decay). Twin:
/// <see cref="AdamReference"/>.
/// </summary>
/// <remarks>
/// Allocates nothing; the same bits at every vector width. Relative error of a change ≤ 1e-5. A NaN gradient makes its weight NaN: clip
/// before.
/// </remarks>
public static unsafe class Adam
{
    /// <summary>One step for all weights.</summary>
    /// <param name="weights">Are changed.</param>
    /// <param name="gradients">Of the loss, shape [weights].</param>
    /// <param name="mean">Mean gradient, 0 before the first step, shape [weights].</param>
    /// <param name="meanSquare">Mean squared gradient, 0 before the first step, shape [weights].</param>
    /// <param name="step">Rate and decays.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> meanSquare, in AdamStep step) =>
        Step(Simd.Width, weights, gradients, mean, meanSquare, step);

    /// <summary>One step for some rows of a table, in time that does not depend on the size of the table.</summary>
    /// <param name="weights">The table, row-major, shape [rows, width].</param>
    /// <param name="touched">Rows that have a gradient, each once.</param>
    /// <param name="gradients">Their gradients in that order, shape [touched, width].</param>
    /// <param name="mean">Mean gradients, 0 before the first step, shape [rows, width].</param>
    /// <param name="meanSquare">Mean squared gradients, 0 before the first step, shape [rows, width].</param>
    /// <param name="lastSteps">The step that last touched a row, 0 before the first, shape [rows]; is updated.</param>
    /// <param name="step">Rate and decays.</param>
    /// <exception cref="ArgumentException">The shapes do not agree, or a row does not exist.</exception>
    /// <remarks>
    /// Before its gradient counts, a row catches up with the steps it sat out: both means and the weight decay as if the gradient had been 0 in them.
    /// Only one thing differs from <see cref="Step(Span{float}, ReadOnlySpan{float}, Span{float}, Span{float}, in AdamStep)"/> with zeros
    /// for the other rows: an untouched row does not drift on with its old momentum. With every row touched at every step the bits are the
    /// same.
    /// </remarks>
    public static void StepRows(
        Span<float> weights, ReadOnlySpan<int> touched, ReadOnlySpan<float> gradients,
        Span<float> mean, Span<float> meanSquare, Span<int> lastSteps, in AdamStep step)
    {
        var width = lastSteps.Length == 0 ? 0 : weights.Length / lastSteps.Length;
        Shapes.ThrowIfNotMatrix(weights.Length, lastSteps.Length, width);
        Shapes.ThrowIfNotMatrix(gradients.Length, touched.Length, width);
        Shapes.ThrowIfDifferent(mean.Length, weights.Length);
        Shapes.ThrowIfDifferent(meanSquare.Length, weights.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Step, 1);
        var factors = Factors.Of(step);
        for (var i = 0; i < touched.Length; i++)
        {
            var row = touched[i];
            if ((uint)row >= (uint)lastSteps.Length)
                throw new ArgumentException($"Row {row} is outside a table of {lastSteps.Length}.", nameof(touched));
            var start = row * width;
            var satOut = step.Step - lastSteps[row] - 1;
            var rowWeights = weights.Slice(start, width);
            var rowMean = mean.Slice(start, width);
            var rowMeanSquare = meanSquare.Slice(start, width);
            if (satOut > 0 && lastSteps[row] > 0)
                CatchUp(rowWeights, rowMean, rowMeanSquare, satOut, step);
            Step(Simd.Width, rowWeights, gradients.Slice(i * width, width), rowMean, rowMeanSquare, factors);
            lastSteps[row] = step.Step;
        }
    }

    internal static void Step(
        SimdWidth width, Span<float> weights, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> meanSquare, in AdamStep step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Step, 1);
        Shapes.ThrowIfDifferent(gradients.Length, weights.Length);
        Shapes.ThrowIfDifferent(mean.Length, weights.Length);
        Shapes.ThrowIfDifferent(meanSquare.Length, weights.Length);
        Step(width, weights, gradients, mean, meanSquare, Factors.Of(step));
    }

    private static void Step(
        SimdWidth width, Span<float> weights, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> meanSquare, in Factors factors)
    {
        fixed (float* w = weights, g = gradients, m = mean, v = meanSquare)
        {
            switch (width)
            {
                case SimdWidth.Vector512:
                    Run<Lanes512, Vector512<float>>(w, g, m, v, weights.Length, factors);
                    break;
                case SimdWidth.Vector256:
                    Run<Lanes256, Vector256<float>>(w, g, m, v, weights.Length, factors);
                    break;
                default:
                    Run<LanesScalar, float>(w, g, m, v, weights.Length, factors);
                    break;
            }
        }
    }

    private static void CatchUp(Span<float> weights, Span<float> mean, Span<float> meanSquare, int steps, in AdamStep step)
    {
        Dense.VectorMath.Scale((float)Math.Pow(step.Beta1, steps), mean);
        Dense.VectorMath.Scale((float)Math.Pow(step.Beta2, steps), meanSquare);
        if (step.WeightDecay > 0)
            Dense.VectorMath.Scale((float)Math.Pow(1 - (double)step.Rate * step.WeightDecay, steps), weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TVector>(float* weights, float* gradients, float* mean, float* meanSquare, int count, in Factors factors)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var (rate, epsilon, kept) = (TLanes.Broadcast(-factors.Rate), TLanes.Broadcast(factors.Epsilon), TLanes.Broadcast(factors.Kept));
        var (beta1, new1) = (TLanes.Broadcast(factors.Beta1), TLanes.Broadcast(factors.New1));
        var (beta2, new2) = (TLanes.Broadcast(factors.Beta2), TLanes.Broadcast(factors.New2));
        var i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            var gradient = TLanes.Load(gradients + i);
            var m = TLanes.MultiplyAdd(TLanes.Load(mean + i), beta1, TLanes.Multiply(gradient, new1));
            var v = TLanes.MultiplyAdd(TLanes.Load(meanSquare + i), beta2, TLanes.Multiply(TLanes.Multiply(gradient, gradient), new2));
            TLanes.Store(m, mean + i);
            TLanes.Store(v, meanSquare + i);
            var change = TLanes.Divide(m, TLanes.Add(TLanes.SquareRoot(v), epsilon));
            TLanes.Store(TLanes.MultiplyAdd(change, rate, TLanes.Multiply(TLanes.Load(weights + i), kept)), weights + i);
        }
        if (i < count && TLanes.Count > 1)
            Run<LanesScalar, float>(weights + i, gradients + i, mean + i, meanSquare + i, count - i, factors);
    }

    /// <summary>
    /// rate · (m / c1) / (√(v / c2) + ε) = (rate · √c2 / c1) · m / (√v + ε · √c2), with the corrections c of the first steps in double.
    /// </summary>
    private readonly record struct Factors(float Rate, float Epsilon, float Kept, float Beta1, float New1, float Beta2, float New2)
    {
        public static Factors Of(in AdamStep step)
        {
            var correction1 = 1 - Math.Pow(step.Beta1, step.Step);
            var correction2 = Math.Sqrt(1 - Math.Pow(step.Beta2, step.Step));
            return new(
                (float)(step.Rate * correction2 / correction1),
                (float)(step.Epsilon * correction2), (float)(1 - (double)step.Rate * step.WeightDecay),
                step.Beta1, (float)(1 - (double)step.Beta1), step.Beta2, (float)(1 - (double)step.Beta2));
        }
    }
}
