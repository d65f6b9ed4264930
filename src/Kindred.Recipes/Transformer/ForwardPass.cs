using Kindred.Numerics.Dense;
using Kindred.Numerics.Probability;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// One user's forward pass for serving: the network of <see cref="Network"/> without dropout. The last block looks back from the newest step
/// alone, so nothing of it is computed at the others, not even their keys and values: a query meets keys as (W·q)·x, and mixed values are
/// those of the mixed steps.
/// </summary>
internal static class ForwardPass
{
    /// <summary>Rows that go through the feed-forward layer together, so that what it expands to stays in the second cache level.</summary>
    private const int RowsTogether = 96;

    /// <summary>Leaves in <see cref="ServingScratch.Hidden"/> what to compare item vectors with.</summary>
    /// <param name="layout">Shape of the network.</param>
    /// <param name="weights">In the order of the layout.</param>
    /// <param name="packed">The same, as products read them; null = where there are too few calls to pack for.</param>
    /// <param name="items">Item vectors.</param>
    /// <param name="scratch">Its tokens hold one window of at least one step.</param>
    public static void Run(WeightLayout layout, ReadOnlySpan<float> weights, PackedBlock[]? packed, ItemVectors items, ServingScratch scratch)
    {
        var (steps, width) = (scratch.Tokens.Count, layout.Width);
        var residual = scratch.Residual.Span[..(steps * width)];
        Network.Embed(scratch.Tokens, layout, weights, items, residual);
        for (var block = 0; block < layout.Blocks.Count - 1; block++)
            RunBlock(layout, layout.Blocks[block], weights, packed?[block], steps, residual, scratch);
        RunLastBlock(layout, layout.Blocks[^1], weights, steps, residual, scratch);
        var newest = residual[((steps - 1) * width)..];
        RowKernels.Normalize(newest, width, scratch.Normalized.Span, scratch.InverseDeviations);
        RowKernels.Scale(scratch.Normalized.Span[..width], width, weights[layout.Gain], weights[layout.Bias], scratch.Hidden.Span);
    }

    private static void RunBlock(
        WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights,
        PackedBlock? packed, int steps, Span<float> residual, ServingScratch scratch)
    {
        var width = layout.Width;
        var normalized = scratch.Normalized.Span[..(steps * width)];
        RowKernels.Normalize(residual, width, normalized, scratch.InverseDeviations);
        var projected = scratch.Projected.Span[..(steps * 3 * width)];
        Multiply(normalized, steps, width, packed?.Projection, weights[block.Projection], 3 * width, projected);
        RowKernels.AddBias(projected, 3 * width, weights[block.ProjectionBias], width, Network.QueryScale(layout));
        CausalAttention.Forward(projected, steps, width, layout.Heads, scratch.Probabilities.Span, scratch.Mixed.Span, keepsProbabilities: false);
        var output = scratch.Output.Span[..(steps * width)];
        Multiply(scratch.Mixed.Span, steps, width, packed?.Output, weights[block.Output], width, output);
        RowKernels.AddResidual(residual, output, width, weights[block.OutputBias], residual);
        for (var row = 0; row < steps; row += RowsTogether)
            FeedForward(layout, block, weights, packed, residual.Slice(row * width, Math.Min(RowsTogether, steps - row) * width), scratch);
    }

    private static void FeedForward(
        WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights, PackedBlock? packed, Span<float> residual, ServingScratch scratch)
    {
        var (width, wide) = (layout.Width, layout.FeedForward);
        var rows = residual.Length / width;
        var normalized = scratch.Normalized.Span[..residual.Length];
        RowKernels.Normalize(residual, width, normalized, scratch.InverseDeviations);
        var expanded = scratch.Expanded.Span[..(rows * wide)];
        Multiply(normalized, rows, width, packed?.Expansion, weights[block.Expansion], wide, expanded);
        RowKernels.AddBiasRectify(expanded, wide, weights[block.ExpansionBias]);
        var output = scratch.Output.Span[..residual.Length];
        Contract(expanded, rows, wide, weights[block.Contraction], width, output);
        RowKernels.AddResidual(residual, output, width, weights[block.ContractionBias], residual);
    }

    private static void RunLastBlock(
        WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights, int steps, Span<float> residual, ServingScratch scratch)
    {
        var (width, size) = (layout.Width, layout.Width / layout.Heads);
        var normalized = scratch.Normalized.Span[..(steps * width)];
        RowKernels.Normalize(residual, width, normalized, scratch.InverseDeviations);
        var matrix = weights[block.Projection];
        var bias = weights[block.ProjectionBias];
        var query = scratch.Output.Span[..width];
        Multiply(normalized[((steps - 1) * width)..], matrix, 3 * width, query);
        RowKernels.AddBias(query, width, bias[..width], width, Network.QueryScale(layout));
        var mixed = scratch.Mixed.Span[..width];
        var across = scratch.Projected.Span[..width]; // what a step is compared with, then the steps as mixed
        for (var head = 0; head < layout.Heads; head++)
        {
            var own = head * size;
            // The bias of the keys adds the same to every score, which the softmax takes out again.
            RowProducts.Compute(matrix[(width + own)..], 3 * width, query.Slice(own, size), across);
            var shares = scratch.Probabilities.Span[..steps];
            RowProducts.Compute(normalized, width, across, shares);
            Softmax.InPlace(shares);
            across.Clear();
            WeightedRows.Add(normalized, width, shares, across);
            Multiply(across, matrix[(2 * width + own)..], 3 * width, mixed.Slice(own, size));
        }
        RowKernels.AddBias(mixed, width, bias[(2 * width)..], 0, 1);

        residual = residual[((steps - 1) * width)..];
        var output = scratch.Output.Span[..width];
        Multiply(mixed, weights[block.Output], width, output);
        RowKernels.AddResidual(residual, output, width, weights[block.OutputBias], residual);
        normalized = scratch.Normalized.Span[..width];
        RowKernels.Normalize(residual, width, normalized, scratch.InverseDeviations);
        var expanded = scratch.Expanded.Span[..layout.FeedForward];
        Multiply(normalized, weights[block.Expansion], layout.FeedForward, expanded);
        RowKernels.AddBiasRectify(expanded, layout.FeedForward, weights[block.ExpansionBias]);
        Multiply(expanded, weights[block.Contraction], width, output);
        RowKernels.AddResidual(residual, output, width, weights[block.ContractionBias], residual);
    }

    private static void Multiply(
        ReadOnlySpan<float> x, int rows, int inputs, PackedMatrix? packed, ReadOnlySpan<float> weights, int outputs, Span<float> y)
    {
        if (packed is null)
            Linear.Forward(x, rows, inputs, weights, outputs, y);
        else
            Gemm.MultiplyPacked(new MatrixView(x, rows, inputs, inputs), packed, y, outputs);
    }

    /// <summary>One row: y = x·w.</summary>
    private static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, int stride, Span<float> y)
    {
        y.Clear();
        WeightedRows.Add(weights, stride, x, y);
    }

    /// <summary>
    /// y = x·w where the rectifier left most of x 0: nine tenths in a network that learned from MovieLens 1M. Then a row at a time without
    /// the zeros is faster than the product, and of the same bits.
    /// </summary>
    private static void Contract(ReadOnlySpan<float> x, int rows, int inputs, ReadOnlySpan<float> weights, int outputs, Span<float> y)
    {
        if (inputs - x[..inputs].Count(0f) > inputs / 3)
        {
            Linear.Forward(x, rows, inputs, weights, outputs, y);
            return;
        }
        for (var row = 0; row < rows; row++)
            Multiply(x.Slice(row * inputs, inputs), weights, outputs, y.Slice(row * outputs, outputs));
    }
}
