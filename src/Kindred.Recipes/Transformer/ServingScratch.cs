namespace Kindred.Recipes.Transformer;

/// <summary>Buffers of one user's forward pass; pooled, so that scoring allocates nothing.</summary>
internal sealed class ServingScratch(WeightLayout layout, ItemFeatures? users = null)
{
    public StepBuffer Steps { get; } = new();
    /// <summary>What is known of the context that is asked for.</summary>
    public List<ContextFeature> Context { get; } = [];
    public TokenBatch Tokens { get; } = new(layout.MaxTokens, users);
    public AlignedBuffer Residual { get; } = new((long)layout.MaxTokens * layout.Width);
    public AlignedBuffer Normalized { get; } = new((long)layout.MaxTokens * layout.Width);
    public float[] InverseDeviations { get; } = new float[layout.MaxTokens];
    public AlignedBuffer Projected { get; } = new((long)layout.MaxTokens * 3 * layout.Width);
    public AlignedBuffer Mixed { get; } = new((long)layout.MaxTokens * layout.Width);
    public AlignedBuffer Output { get; } = new((long)layout.MaxTokens * layout.Width);
    public AlignedBuffer Expanded { get; } = new((long)layout.MaxTokens * layout.FeedForward);
    public AlignedBuffer Probabilities { get; } = new(CausalAttention.ScratchOf(layout.MaxTokens));
    public AlignedBuffer Hidden { get; } = new(layout.Width);
}
