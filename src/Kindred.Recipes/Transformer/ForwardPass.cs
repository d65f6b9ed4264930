using Kindred.Numerics.Dense;
using Kindred.Numerics.Probability;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// One user's forward pass for serving: the network of <see cref="Network"/> without dropout. The last block needs keys and values of
/// every step, but everything after them only at the newest one.
/// </summary>
internal static class ForwardPass
{
    /// <summary>Leaves in <see cref="ServingScratch.Hidden"/> what to compare item vectors with.</summary>
    /// <param name="layout">Shape of the network.</param>
    /// <param name="weights">In the order of the layout.</param>
    /// <param name="items">Item vectors.</param>
    /// <param name="scratch">Its tokens hold one window of at least one step.</param>
    public static void Run(WeightLayout layout, ReadOnlySpan<float> weights, ItemVectors items, ServingScratch scratch)
    {
        var (steps, width) = (scratch.Tokens.Count, layout.Width);
        var residual = scratch.Residual.Span[..(steps * width)];
        Network.Embed(scratch.Tokens, layout, weights, items, residual);
        for (var block = 0; block < layout.Blocks.Count - 1; block++)
            RunBlock(layout, layout.Blocks[block], weights, steps, residual, scratch);
        RunLastBlock(layout, layout.Blocks[^1], weights, steps, residual, scratch);
        var newest = residual[((steps - 1) * width)..];
        RowKernels.Normalize(newest, width, scratch.Normalized.Span, scratch.InverseDeviations);
        RowKernels.Scale(scratch.Normalized.Span[..width], width, weights[layout.Gain], weights[layout.Bias], scratch.Hidden.Span);
    }

    private static void RunBlock(
        WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights, int steps, Span<float> residual, ServingScratch scratch)
    {
        var width = layout.Width;
        var normalized = scratch.Normalized.Span[..(steps * width)];
        RowKernels.Normalize(residual, width, normalized, scratch.InverseDeviations);
        var projected = scratch.Projected.Span[..(steps * 3 * width)];
        Linear.Forward(normalized, steps, width, weights[block.Projection], 3 * width, projected);
        RowKernels.AddBias(projected, 3 * width, weights[block.ProjectionBias], width, Network.QueryScale(layout));
        CausalAttention.Forward(projected, steps, width, layout.Heads, scratch.Probabilities.Span, scratch.Mixed.Span);
        RunRest(layout, block, weights, steps, scratch.Mixed.Span[..(steps * width)], residual, scratch);
    }

    private static void RunLastBlock(
        WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights, int steps, Span<float> residual, ServingScratch scratch)
    {
        var width = layout.Width;
        var normalized = scratch.Normalized.Span[..(steps * width)];
        RowKernels.Normalize(residual, width, normalized, scratch.InverseDeviations);
        var matrix = weights[block.Projection];
        var bias = weights[block.ProjectionBias];
        var pairs = scratch.Projected.Span[..(steps * 2 * width)]; // key and value of each step
        Gemm.Multiply(new MatrixView(normalized, steps, width), new MatrixView(matrix[width..], width, 2 * width, 3 * width), pairs, 2 * width);
        RowKernels.AddBias(pairs, 2 * width, bias[width..], 0, 1);
        var query = scratch.Output.Span[..width];
        Gemm.Multiply(new MatrixView(normalized[((steps - 1) * width)..], 1, width), new MatrixView(matrix, width, width, 3 * width), query, width);
        RowKernels.AddBias(query, width, bias[..width], width, Network.QueryScale(layout));
        var mixed = scratch.Mixed.Span[..width];
        mixed.Clear();
        var size = width / layout.Heads;
        for (var head = 0; head < layout.Heads; head++)
        {
            var scores = scratch.Probabilities.Span[..CausalAttention.Stride(steps)];
            for (var step = 0; step < steps; step++)
                scores[step] = RowKernels.Dot(query.Slice(head * size, size), pairs.Slice(step * 2 * width + head * size, size));
            Softmax.InPlace(scores[..steps]);
            for (var step = 0; step < steps; step++)
                RowKernels.AddScaled(scores[step], pairs.Slice((step * 2 + 1) * width + head * size, size), mixed.Slice(head * size, size));
        }
        RunRest(layout, block, weights, 1, mixed, residual[((steps - 1) * width)..], scratch);
    }

    /// <summary>Everything after the heads, for the rows of <paramref name="residual"/>.</summary>
    private static void RunRest(
        WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights, int rows, ReadOnlySpan<float> mixed, Span<float> residual, ServingScratch scratch)
    {
        var (width, wide) = (layout.Width, layout.FeedForward);
        var output = scratch.Output.Span[..(rows * width)];
        Linear.Forward(mixed, rows, width, weights[block.Output], width, output);
        RowKernels.AddResidual(residual, output, width, weights[block.OutputBias], residual);
        var normalized = scratch.Normalized.Span[..(rows * width)];
        RowKernels.Normalize(residual[..(rows * width)], width, normalized, scratch.InverseDeviations);
        var expanded = scratch.Expanded.Span[..(rows * wide)];
        Linear.Forward(normalized, rows, width, weights[block.Expansion], wide, expanded);
        RowKernels.AddBiasRectify(expanded, wide, weights[block.ExpansionBias]);
        Linear.Forward(expanded, rows, wide, weights[block.Contraction], width, output);
        RowKernels.AddResidual(residual, output, width, weights[block.ContractionBias], residual);
    }
}
