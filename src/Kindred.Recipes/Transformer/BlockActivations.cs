namespace Kindred.Recipes.Transformer;

/// <summary>What a block's forward pass leaves for its backward pass.</summary>
internal sealed class BlockActivations(WeightLayout layout, int capacity)
{
    /// <summary>Input of the attention, shape [steps, width].</summary>
    public AlignedBuffer AttentionInput { get; } = new((long)capacity * layout.Width);

    public float[] AttentionDeviations { get; } = new float[capacity];

    /// <summary>Queries, keys and values, shape [steps, 3·width].</summary>
    public AlignedBuffer Projected { get; } = new((long)capacity * 3 * layout.Width);

    /// <summary>Attention probabilities, sequence after sequence.</summary>
    public AlignedBuffer Probabilities { get; } = new((long)capacity * CausalAttention.Stride(layout.MaxTokens) * layout.Heads);

    /// <summary>Values as mixed by the heads, shape [steps, width].</summary>
    public AlignedBuffer Mixed { get; } = new((long)capacity * layout.Width);

    public byte[] MixedKept { get; } = new byte[capacity * layout.Width / 8];

    /// <summary>Input of the feed-forward layer, shape [steps, width].</summary>
    public AlignedBuffer FeedForwardInput { get; } = new((long)capacity * layout.Width);

    public float[] FeedForwardDeviations { get; } = new float[capacity];

    /// <summary>After the rectifier and dropout, shape [steps, feedForward].</summary>
    public AlignedBuffer Expanded { get; } = new((long)capacity * layout.FeedForward);

    public byte[] ContractedKept { get; } = new byte[capacity * layout.Width / 8];
}
