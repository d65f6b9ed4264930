using Kindred.Numerics.Dense;
using Kindred.Numerics.Probability;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// Cross-entropy of the next item against negatives that a whole micro-batch shares, so that loss and derivatives are matrix products.
/// With every item among the negatives it is the full softmax. One per lane.
/// </summary>
internal sealed class SampledSoftmax
{
    private const int StepsPerBlock = 96;
    private readonly int _width;
    private readonly AlignedBuffer _vectors;
    private readonly AlignedBuffer _gradients;
    private readonly AlignedBuffer _logits;
    private readonly PackedMatrix _packed;
    private readonly float[] _corrections;

    /// <param name="width">Floats per vector.</param>
    /// <param name="negatives">Negatives per sample, at most.</param>
    public SampledSoftmax(int width, int negatives)
    {
        _width = width;
        Size = (negatives + 15) & ~15;
        _vectors = new AlignedBuffer((long)Size * width);
        _gradients = new AlignedBuffer((long)Size * width);
        _logits = new AlignedBuffer((long)StepsPerBlock * Size);
        _corrections = new float[Size];
        _packed = new PackedMatrix(new MatrixView(_vectors.Span, Size, width).Transposed);
    }

    /// <summary>Negatives rounded up to whole vectors; what is beyond the sample has probability 0.</summary>
    private int Size { get; }

    /// <summary>Adds to the derivatives.</summary>
    /// <param name="batch">Targets and their weights.</param>
    /// <param name="sample">Negatives.</param>
    /// <param name="scale">Factor of every weight: 1 over the weights of the whole step.</param>
    /// <param name="items">Item vectors.</param>
    /// <param name="hidden">Shape [steps, width].</param>
    /// <param name="hiddenGradient">Receives the derivative, shape [steps, width].</param>
    /// <param name="itemGradient">Added to.</param>
    /// <returns>Σ weight · cross-entropy, without the scale.</returns>
    public double Differentiate(
        TokenBatch batch, NegativeSample sample, float scale, ItemVectors items,
        ReadOnlySpan<float> hidden, Span<float> hiddenGradient, ItemGradients itemGradient)
    {
        Gather(sample, items);
        var loss = 0.0;
        var gradients = _gradients.Span;
        gradients.Clear();
        for (var from = 0; from < batch.Count; from += StepsPerBlock)
        {
            var steps = Math.Min(StepsPerBlock, batch.Count - from);
            var states = hidden.Slice(from * _width, steps * _width);
            var view = new MatrixView(states, steps, _width);
            var logits = _logits.Span[..(steps * Size)];
            Gemm.MultiplyPacked(view, _packed, logits, Size);
            for (var i = 0; i < steps; i++)
            {
                loss += DifferentiateStep(
                    batch.Targets[from + i], batch.Weights[from + i], scale, sample, items, logits.Slice(i * Size, Size),
                    states.Slice(i * _width, _width), hiddenGradient.Slice((from + i) * _width, _width), itemGradient);
            }
            var probabilities = new MatrixView(logits, steps, Size);
            Gemm.Multiply(probabilities, new MatrixView(_vectors.Span, Size, _width), hiddenGradient[(from * _width)..], _width, accumulate: true);
            Gemm.Multiply(probabilities.Transposed, view, gradients, _width, accumulate: true);
        }
        for (var i = 0; i < sample.Count; i++)
            RowKernels.AddScaled(1, gradients.Slice(i * _width, _width), itemGradient[sample.Items[i]]);
        return loss;
    }

    private void Gather(NegativeSample sample, ItemVectors items)
    {
        for (var i = 0; i < sample.Count; i++)
            items[sample.Items[i]].CopyTo(_vectors.Span.Slice(i * _width, _width));
        _vectors.Span[(sample.Count * _width)..].Clear();
        _packed.Repack(new MatrixView(_vectors.Span, Size, _width).Transposed);
        sample.Corrections.AsSpan(0, sample.Count).CopyTo(_corrections);
        _corrections.AsSpan(sample.Count).Fill(float.NegativeInfinity);
    }

    /// <summary>Turns the logits of a step into their derivatives, and writes the target's part of the others.</summary>
    private double DifferentiateStep(
        int target, float weight, float scale, NegativeSample sample, ItemVectors items, Span<float> logits,
        ReadOnlySpan<float> state, Span<float> stateGradient, ItemGradients itemGradient)
    {
        if (weight <= 0)
        {
            logits.Clear();
            stateGradient.Clear();
            return 0;
        }
        RowKernels.AddScaled(1, _corrections, logits);
        var place = sample.PlaceOf(target);
        if (place >= 0)
            logits[place] = float.NegativeInfinity;
        var vector = items[target];
        var positive = RowKernels.Dot(state, vector);
        var rest = sample.Count == 0 || (sample.Count == 1 && place == 0) ? float.NegativeInfinity : Softmax.InPlace(logits);
        if (float.IsNegativeInfinity(rest))
        {
            logits.Clear(); // nothing but the target: its probability is 1
            stateGradient.Clear();
            return 0;
        }
        var largest = MathF.Max(rest, positive);
        var total = largest + MathF.Log(MathF.Exp(rest - largest) + MathF.Exp(positive - largest));
        RowKernels.Multiply(logits, MathF.Exp(rest - total) * weight * scale);
        var slope = (MathF.Exp(positive - total) - 1) * weight * scale;
        stateGradient.Clear();
        RowKernels.AddScaled(slope, vector, stateGradient);
        RowKernels.AddScaled(slope, state, itemGradient[target]);
        return weight * (double)(total - positive);
    }
}
