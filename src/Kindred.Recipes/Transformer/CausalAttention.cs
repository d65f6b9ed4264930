using Kindred.Numerics.Dense;
using Kindred.Numerics.Probability;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// Softmax attention of one sequence in which a step sees itself and earlier steps (Vaswani et al., Attention is all you need, 2017).
/// Queries are taken in blocks, and a block only meets the keys up to its last query: about half the work of the whole square.
/// </summary>
internal static class CausalAttention
{
    /// <summary>Queries per block: a multiple of the product's tile, small enough that little above the diagonal is computed.</summary>
    private const int QueriesPerBlock = 48;

    /// <summary>Floats between two rows of probabilities.</summary>
    public static int Stride(int length) => (length + 7) & ~7;

    /// <summary>Floats that the probabilities of a sequence take.</summary>
    public static int ProbabilitiesOf(int length, int heads) => length * Stride(length) * heads;

    /// <param name="projected">
    /// Queries (already divided by the root of their width), keys and values of the sequence, shape [length, 3·width].
    /// </param>
    /// <param name="length">Steps.</param>
    /// <param name="width">Of all heads together.</param>
    /// <param name="heads">Divide the width into multiples of 16.</param>
    /// <param name="probabilities">Receives what each step looks at, shape [heads, length, Stride(length)], 0 for later steps of its block.</param>
    /// <param name="output">Receives the mixed values, shape [length, width].</param>
    /// <param name="keepsProbabilities">False where no backward pass will ask for them: then <see cref="ScratchOf"/> floats are enough.</param>
    public static void Forward(
        ReadOnlySpan<float> projected, int length, int width, int heads,
        Span<float> probabilities, Span<float> output, bool keepsProbabilities = true)
    {
        var (size, stride) = (width / heads, Stride(length));
        for (var head = 0; head < heads; head++)
        {
            var queries = projected[(head * size)..];
            var keys = projected[(width + head * size)..];
            var values = projected[(2 * width + head * size)..];
            for (var from = 0; from < length; from += QueriesPerBlock)
            {
                var to = Math.Min(length, from + QueriesPerBlock);
                var rows = keepsProbabilities ? probabilities[((head * length + from) * stride)..] : probabilities;
                Gemm.Multiply(
                    new MatrixView(queries[(from * 3 * width)..], to - from, size, 3 * width),
                    new MatrixView(keys, to, size, 3 * width).Transposed, rows, stride);
                for (var i = from; i < to; i++)
                    Normalize(rows.Slice((i - from) * stride, Stride(to)), i + 1);
                Gemm.Multiply(
                    new MatrixView(rows, to - from, to, stride),
                    new MatrixView(values, to, size, 3 * width), output[(from * width + head * size)..], width);
            }
        }
    }

    /// <param name="projected">As in <see cref="Forward"/>.</param>
    /// <param name="length">Steps.</param>
    /// <param name="width">Of all heads together.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="probabilities">What <see cref="Forward"/> left.</param>
    /// <param name="outputGradient">Derivative of the output, shape [length, width].</param>
    /// <param name="scratch">At least <see cref="ScratchOf"/> floats.</param>
    /// <param name="projectedGradient">Receives the derivatives of queries, keys and values, shape [length, 3·width].</param>
    public static void Backward(
        ReadOnlySpan<float> projected, int length, int width, int heads, ReadOnlySpan<float> probabilities,
        ReadOnlySpan<float> outputGradient, Span<float> scratch, Span<float> projectedGradient)
    {
        var (size, stride) = (width / heads, Stride(length));
        for (var head = 0; head < heads; head++)
        {
            var (query, key, value) = (head * size, width + head * size, 2 * width + head * size);
            var square = probabilities.Slice(head * length * stride, length * stride);
            var blocks = (length + QueriesPerBlock - 1) / QueriesPerBlock;
            for (var block = blocks - 1; block >= 0; block--)
            {
                // From the last block, which meets every key, so that it alone overwrites what the others add to.
                var accumulate = block < blocks - 1;
                var from = block * QueriesPerBlock;
                var to = Math.Min(length, from + QueriesPerBlock);
                var rows = square[(from * stride)..];
                var mixed = new MatrixView(outputGradient[(from * width + head * size)..], to - from, size, width);
                Gemm.Multiply(new MatrixView(rows, to - from, to, stride).Transposed, mixed, projectedGradient[value..], 3 * width, accumulate);
                Gemm.Multiply(mixed, new MatrixView(projected[value..], to, size, 3 * width).Transposed, scratch, stride);
                for (var i = from; i < to; i++)
                    SoftmaxGradient(rows.Slice((i - from) * stride, i + 1), scratch.Slice((i - from) * stride, to));
                var scores = new MatrixView(scratch, to - from, to, stride);
                Gemm.Multiply(
                    scores, new MatrixView(projected[key..], to, size, 3 * width), projectedGradient[(from * 3 * width + query)..],
                    3 * width);
                Gemm.Multiply(
                    scores.Transposed, new MatrixView(projected[(from * 3 * width + query)..], to - from, size, 3 * width),
                    projectedGradient[key..], 3 * width, accumulate);
            }
        }
    }

    /// <summary>Floats of scratch that <see cref="Backward"/> wants for sequences up to that length.</summary>
    public static int ScratchOf(int length) => QueriesPerBlock * Stride(length);

    private static void Normalize(Span<float> row, int count)
    {
        var padded = Stride(count);
        row[count..padded].Fill(float.NegativeInfinity); // whole vectors: e^-inf is the 0 that belongs there
        Softmax.InPlace(row[..padded]);
        row[padded..].Clear();
    }

    /// <summary>gradient = p ∘ (gradient - Σ p·gradient), and 0 for later steps.</summary>
    private static void SoftmaxGradient(ReadOnlySpan<float> probabilities, Span<float> gradient)
    {
        var count = probabilities.Length;
        RowKernels.SoftmaxGradient(probabilities, gradient[..count]);
        gradient[count..].Clear();
    }
}
