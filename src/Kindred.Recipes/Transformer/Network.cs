namespace Kindred.Recipes.Transformer;

/// <summary>
/// A causal transformer over packed windows (Kang, McAuley, Self-attentive sequential recommendation, ICDM 2018), with the normalisation before
/// each layer: x + Attention(norm(x)), then x + FeedForward(norm(x)). Forward and backward by hand; finite differences check it in the tests.
/// </summary>
internal static class Network
{
    /// <summary>Leaves in <see cref="Activations.Hidden"/> what to compare item vectors with, shape [steps, width].</summary>
    /// <param name="batch">Windows.</param>
    /// <param name="layout">Shape of the network.</param>
    /// <param name="weights">In the order of the layout.</param>
    /// <param name="items">Item vectors.</param>
    /// <param name="a">Receives what <see cref="Backward"/> needs.</param>
    /// <param name="dropout">Its rate is 0 when nothing is to be dropped.</param>
    public static void Forward(
        TokenBatch batch, WeightLayout layout, ReadOnlySpan<float> weights, ItemVectors items, Activations a, ref DropoutStream dropout)
    {
        var (steps, width) = (batch.Count, layout.Width);
        var residual = a.Residual.Span[..(steps * width)];
        Embed(batch, layout, weights, items, residual);
        RowKernels.Drop(residual, a.InputKept, ref dropout);
        for (var block = 0; block < layout.Blocks.Count; block++)
        {
            Attend(batch, layout, layout.Blocks[block], weights, a, a.Blocks[block], residual, ref dropout);
            FeedForward(layout, layout.Blocks[block], weights, steps, a, a.Blocks[block], residual, ref dropout);
        }
        var normalized = a.Normalized.Span[..(steps * width)];
        RowKernels.Normalize(residual, width, normalized, a.InverseDeviations);
        RowKernels.Scale(normalized, width, weights[layout.Gain], weights[layout.Bias], a.Hidden.Span);
        var contexts = weights[layout.Contexts];
        foreach (var (step, context) in batch.Contexts)
            AddContext(context, contexts, a.Hidden.Span.Slice(step * width, width));
    }

    /// <summary>Adds what a context says to what item vectors are compared with: log-odds of each item, whatever the history.</summary>
    public static void AddContext(ContextFeature context, ReadOnlySpan<float> contexts, Span<float> hidden) =>
        RowKernels.AddScaled(context.Weight, contexts.Slice(context.Feature * hidden.Length, hidden.Length), hidden);

    /// <summary>Adds the derivatives of the weights and of the inputs' item vectors, given that of <see cref="Activations.Hidden"/>.</summary>
    /// <param name="batch">The windows of the forward pass.</param>
    /// <param name="layout">Shape of the network.</param>
    /// <param name="weights">In the order of the layout.</param>
    /// <param name="a">What the forward pass left, and <see cref="Activations.HiddenGradient"/>.</param>
    /// <param name="dropout">The scale of the forward pass.</param>
    /// <param name="gradient">Added to, in the order of the layout.</param>
    /// <param name="itemGradient">Added to.</param>
    public static void Backward(
        TokenBatch batch, WeightLayout layout, ReadOnlySpan<float> weights, Activations a, in DropoutStream dropout,
        Span<float> gradient, ItemGradients itemGradient)
    {
        var (steps, width) = (batch.Count, layout.Width);
        var hidden = a.HiddenGradient.Span[..(steps * width)];
        var dx = a.Gradient.Span[..(steps * width)];
        var contexts = gradient[layout.Contexts];
        foreach (var (step, context) in batch.Contexts)
            RowKernels.AddScaled(context.Weight, hidden.Slice(step * width, width), contexts.Slice(context.Feature * width, width));
        RowKernels.ScaleGradient(hidden, width, a.Normalized.Span, weights[layout.Gain], gradient[layout.Gain], gradient[layout.Bias]);
        dx.Clear();
        RowKernels.AddNormalizeGradient(hidden, width, a.Normalized.Span, a.InverseDeviations, dx);
        for (var block = layout.Blocks.Count - 1; block >= 0; block--)
        {
            FeedForwardBackward(layout, layout.Blocks[block], weights, steps, a, a.Blocks[block], dx, dropout.Scale, gradient);
            AttendBackward(batch, layout, layout.Blocks[block], weights, a, a.Blocks[block], dx, dropout.Scale, gradient);
        }
        RowKernels.DropGradient(dx, a.InputKept, dropout.Scale);
        EmbedBackward(batch, layout, dx, gradient, itemGradient);
    }

    /// <summary>Item vectors are scaled so that they are not small beside the other inputs (Vaswani et al., 2017, §3.4).</summary>
    public static float ItemScale(int width) => MathF.Sqrt(width);

    public static void Embed(TokenBatch batch, WeightLayout layout, ReadOnlySpan<float> weights, ItemVectors items, Span<float> x)
    {
        var width = layout.Width;
        var positions = weights[layout.Positions];
        var types = weights[layout.Types];
        var gaps = weights[layout.Gaps];
        var scale = ItemScale(width);
        for (var step = 0; step < batch.Count; step++)
        {
            var row = x.Slice(step * width, width);
            if (batch.IsUser(step))
            {
                EmbedUser(batch, step, weights[layout.Users], row);
                continue;
            }
            positions.Slice(batch.Positions[step] * width, width).CopyTo(row);
            RowKernels.AddScaled(scale, items[batch.Items[step]], row);
            RowKernels.AddScaled(1, types.Slice(batch.Types[step] * width, width), row);
            RowKernels.AddScaled(1, gaps.Slice(batch.Gaps[step] * width, width), row);
        }
    }

    private static void EmbedBackward(TokenBatch batch, WeightLayout layout, ReadOnlySpan<float> dx, Span<float> gradient, ItemGradients itemGradient)
    {
        var width = layout.Width;
        var positions = gradient[layout.Positions];
        var types = gradient[layout.Types];
        var gaps = gradient[layout.Gaps];
        var scale = ItemScale(width);
        for (var step = 0; step < batch.Count; step++)
        {
            var row = dx.Slice(step * width, width);
            if (batch.IsUser(step))
            {
                EmbedUserBackward(batch, step, row, gradient[layout.Users]);
                continue;
            }
            RowKernels.AddScaled(scale, row, itemGradient[batch.Items[step]]);
            RowKernels.AddScaled(1, row, positions.Slice(batch.Positions[step] * width, width));
            RowKernels.AddScaled(1, row, types.Slice(batch.Types[step] * width, width));
            RowKernels.AddScaled(1, row, gaps.Slice(batch.Gaps[step] * width, width));
        }
    }

    private static void EmbedUser(TokenBatch batch, int step, ReadOnlySpan<float> users, Span<float> row)
    {
        users[..row.Length].CopyTo(row);
        if (batch.UserOf(step) is not (>= 0 and var user))
            return;
        var features = batch.Users!;
        for (var i = features.Starts[user]; i < features.Starts[user + 1]; i++)
            RowKernels.AddScaled(features.Weights[i], users.Slice((1 + features.Codes[i]) * row.Length, row.Length), row);
    }

    private static void EmbedUserBackward(TokenBatch batch, int step, ReadOnlySpan<float> row, Span<float> users)
    {
        RowKernels.AddScaled(1, row, users[..row.Length]);
        if (batch.UserOf(step) is not (>= 0 and var user))
            return;
        var features = batch.Users!;
        for (var i = features.Starts[user]; i < features.Starts[user + 1]; i++)
            RowKernels.AddScaled(features.Weights[i], row, users.Slice((1 + features.Codes[i]) * row.Length, row.Length));
    }

    private static void Attend(
        TokenBatch batch, WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights, Activations a, BlockActivations b,
        Span<float> residual, ref DropoutStream dropout)
    {
        var (steps, width) = (batch.Count, layout.Width);
        var input = b.AttentionInput.Span[..(steps * width)];
        RowKernels.Normalize(residual, width, input, b.AttentionDeviations);
        var projected = b.Projected.Span[..(steps * 3 * width)];
        Linear.Forward(input, steps, width, weights[block.Projection], 3 * width, projected);
        RowKernels.AddBias(projected, 3 * width, weights[block.ProjectionBias], width, QueryScale(layout));
        var mixed = b.Mixed.Span[..(steps * width)];
        var probabilities = b.Probabilities.Span;
        for (var window = 0; window < batch.Windows; window++)
        {
            var (start, length) = (batch.Starts[window], batch.Starts[window + 1] - batch.Starts[window]);
            CausalAttention.Forward(projected[(start * 3 * width)..], length, width, layout.Heads, probabilities, mixed[(start * width)..]);
            probabilities = probabilities[CausalAttention.ProbabilitiesOf(length, layout.Heads)..];
        }
        var output = a.Scratch.Span[..(steps * width)];
        Linear.Forward(mixed, steps, width, weights[block.Output], width, output);
        RowKernels.AddResidualDrop(residual, output, width, weights[block.OutputBias], residual, b.MixedKept, ref dropout);
    }

    private static void AttendBackward(
        TokenBatch batch, WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights, Activations a, BlockActivations b,
        Span<float> dx, float dropoutScale, Span<float> gradient)
    {
        var (steps, width) = (batch.Count, layout.Width);
        var output = a.Hidden.Span[..(steps * width)]; // free since the loss has been derived
        RowKernels.DropGradient(dx, width, b.MixedKept, dropoutScale, output, gradient[block.OutputBias]);
        var mixed = a.HiddenGradient.Span[..(steps * width)];
        Linear.WeightGradient(b.Mixed.Span, output, steps, width, width, gradient[block.Output]);
        Linear.InputGradient(output, steps, width, weights[block.Output], width, mixed);

        var projected = b.Projected.Span;
        var projectedGradient = a.Scratch.Span[..(steps * 3 * width)];
        ReadOnlySpan<float> probabilities = b.Probabilities.Span;
        for (var window = 0; window < batch.Windows; window++)
        {
            var (start, length) = (batch.Starts[window], batch.Starts[window + 1] - batch.Starts[window]);
            CausalAttention.Backward(
                projected[(start * 3 * width)..], length, width, layout.Heads, probabilities, mixed[(start * width)..],
                a.ScoreScratch.Span, projectedGradient[(start * 3 * width)..]);
            probabilities = probabilities[CausalAttention.ProbabilitiesOf(length, layout.Heads)..];
        }
        RowKernels.BiasGradient(projectedGradient, 3 * width, width, QueryScale(layout), gradient[block.ProjectionBias]);
        Linear.WeightGradient(b.AttentionInput.Span, projectedGradient, steps, width, 3 * width, gradient[block.Projection]);
        Linear.InputGradient(projectedGradient, steps, 3 * width, weights[block.Projection], width, mixed);
        RowKernels.AddNormalizeGradient(mixed, width, b.AttentionInput.Span, b.AttentionDeviations, dx);
    }

    private static void FeedForward(
        WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights, int steps, Activations a, BlockActivations b,
        Span<float> residual, ref DropoutStream dropout)
    {
        var (width, wide) = (layout.Width, layout.FeedForward);
        var input = b.FeedForwardInput.Span[..(steps * width)];
        RowKernels.Normalize(residual, width, input, b.FeedForwardDeviations);
        var expanded = b.Expanded.Span[..(steps * wide)];
        Linear.Forward(input, steps, width, weights[block.Expansion], wide, expanded);
        RowKernels.AddBiasRectifyDrop(expanded, wide, weights[block.ExpansionBias], ref dropout);
        var output = a.Scratch.Span[..(steps * width)];
        Linear.Forward(expanded, steps, wide, weights[block.Contraction], width, output);
        RowKernels.AddResidualDrop(residual, output, width, weights[block.ContractionBias], residual, b.ContractedKept, ref dropout);
    }

    private static void FeedForwardBackward(
        WeightLayout layout, BlockLayout block, ReadOnlySpan<float> weights, int steps, Activations a, BlockActivations b,
        Span<float> dx, float dropoutScale, Span<float> gradient)
    {
        var (width, wide) = (layout.Width, layout.FeedForward);
        var output = a.Hidden.Span[..(steps * width)];
        RowKernels.DropGradient(dx, width, b.ContractedKept, dropoutScale, output, gradient[block.ContractionBias]);
        Linear.WeightGradient(b.Expanded.Span, output, steps, wide, width, gradient[block.Contraction]);
        var expanded = a.Scratch.Span[..(steps * wide)];
        Linear.InputGradient(output, steps, width, weights[block.Contraction], wide, expanded);
        RowKernels.RectifyGradient(expanded, wide, b.Expanded.Span, dropoutScale, gradient[block.ExpansionBias]);
        Linear.WeightGradient(b.FeedForwardInput.Span, expanded, steps, width, wide, gradient[block.Expansion]);
        var input = a.HiddenGradient.Span[..(steps * width)];
        Linear.InputGradient(expanded, steps, wide, weights[block.Expansion], width, input);
        RowKernels.AddNormalizeGradient(input, width, b.FeedForwardInput.Span, b.FeedForwardDeviations, dx);
    }

    /// <summary>Queries are divided by the root of a head's width, once, rather than every score.</summary>
    public static float QueryScale(WeightLayout layout) => 1 / MathF.Sqrt(layout.Width / layout.Heads);
}
