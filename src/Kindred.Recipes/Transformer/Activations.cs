namespace Kindred.Recipes.Transformer;

/// <summary>What a forward pass over a batch leaves for the backward pass, and scratch for both. One per lane.</summary>
internal sealed class Activations
{
    /// <param name="layout">Shape of the network.</param>
    /// <param name="capacity">Steps of a batch.</param>
    public Activations(WeightLayout layout, int capacity)
    {
        var (width, wide) = (layout.Width, layout.FeedForward);
        Residual = new AlignedBuffer((long)capacity * width);
        Normalized = new AlignedBuffer((long)capacity * width);
        InverseDeviations = new float[capacity];
        Hidden = new AlignedBuffer((long)capacity * width);
        Gradient = new AlignedBuffer((long)capacity * width);
        HiddenGradient = new AlignedBuffer((long)capacity * width);
        Scratch = new AlignedBuffer((long)capacity * Math.Max(3 * width, wide));
        ScoreScratch = new AlignedBuffer(CausalAttention.ScratchOf(layout.MaxTokens));
        InputKept = new byte[capacity * width / 8];
        Blocks = [.. layout.Blocks.Select(_ => new BlockActivations(layout, capacity))];
    }

    /// <summary>The residual stream, shape [steps, width].</summary>
    public AlignedBuffer Residual { get; }

    /// <summary>The residual stream after the last block, normalized, shape [steps, width].</summary>
    public AlignedBuffer Normalized { get; }

    public float[] InverseDeviations { get; }

    /// <summary>What is compared with item vectors, shape [steps, width].</summary>
    public AlignedBuffer Hidden { get; }

    /// <summary>Derivative of the residual stream, shape [steps, width].</summary>
    public AlignedBuffer Gradient { get; }

    /// <summary>Derivative of <see cref="Hidden"/>; later scratch, shape [steps, width].</summary>
    public AlignedBuffer HiddenGradient { get; }

    public AlignedBuffer Scratch { get; }
    public AlignedBuffer ScoreScratch { get; }

    /// <summary>Which inputs dropout kept, a bit each.</summary>
    public byte[] InputKept { get; }

    public IReadOnlyList<BlockActivations> Blocks { get; }
}
