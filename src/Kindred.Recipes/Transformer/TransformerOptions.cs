namespace Kindred.Recipes.Transformer;

/// <summary>
/// Shape and training of a <see cref="SequenceTransformer"/>. The defaults were chosen on validation targets; see
/// docs/recipes/kindred-transformer.md.
/// </summary>
internal sealed record TransformerOptions
{
    private const int SmallWidth = 64;
    private const int LargeWidth = 128;
    private const int WidthPerHead = 64;
    private const int WidthUnit = 16; // what the kernels want of a head
    private const int LargeData = 300_000;

    /// <summary>Width of item vectors and hidden states, rounded up to 16 per head; 0 = 128, or 64 for less than 300,000 interactions.</summary>
    public int HiddenDimension { get; init; }

    /// <summary>Transformer blocks.</summary>
    public int Blocks { get; init; } = 2;

    /// <summary>Attention heads; divide <see cref="HiddenDimension"/>; 0 = one for each 64 of it.</summary>
    public int Heads { get; init; }

    /// <summary>Width of the feed-forward layer; 0 = four times <see cref="HiddenDimension"/>.</summary>
    public int FeedForwardDimension { get; init; }

    /// <summary>Share of activations dropped in training, 0..0.9.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>Newest steps of a history that are looked at.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>Negatives that the positions of a micro-batch share; at least the catalogue = full softmax.</summary>
    public int Negatives { get; init; } = 512;

    /// <summary>Share of the negatives that are drawn by popularity; the rest are drawn uniformly. 0..0.9.</summary>
    public double PopularNegatives { get; init; }

    /// <summary>Of a width of 64; wider networks learn at a rate that falls with the root of the width.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>Steps of the optimizer over which the learning rate rises.</summary>
    public int WarmupSteps { get; init; } = 100;

    /// <summary>Last share of the training over which the learning rate falls to zero.</summary>
    public double DecayShare { get; init; } = 0.4;

    /// <summary>Passes over the data at most; 0 = as many as <see cref="WorkTokens"/> allow.</summary>
    public int Epochs { get; init; }

    /// <summary>
    /// Positions trained on in all when <see cref="Epochs"/> is 0, with a width of 64; a costlier network gets fewer for the same work.
    /// </summary>
    public long WorkTokens { get; init; } = 34_000_000;

    /// <summary>Positions per step of the optimizer; 0 = by the size of the data.</summary>
    public int BatchTokens { get; init; }

    /// <summary>Whether histories longer than <see cref="MaxLength"/> are cut into windows that all train, rather than only the newest.</summary>
    public bool TrainsOnWholeHistory { get; init; } = true;

    /// <summary>Whether the time since the previous event is an input.</summary>
    public bool UsesTimeGaps { get; init; } = true;

    /// <summary>Whether what is known about users is an input.</summary>
    public bool UsesAttributes { get; init; } = true;

    /// <summary>Share of items whose id vector is hidden in a step, so that metadata alone learns to stand for them; only with metadata.</summary>
    public double IdDropout { get; init; } = 0.1;

    /// <summary>Root mean square of item vectors that begin as main directions of which items are near each other; 0 = random vectors.</summary>
    public double InitialDeviation { get; init; } = 0.05;

    /// <summary>Users whose last step is held out to watch the training, at most; 0 = none, and no early stop.</summary>
    public int ValidationUsers { get; init; } = 1000;

    /// <summary>Validations without improvement after which the learning rate begins to fall.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>Name of its checkpoint: trainings that share a folder need different ones.</summary>
    public string CheckpointName { get; init; } = "transformer";

    /// <summary>Time between checkpoints, at least.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(15);

    public int FeedForward => FeedForwardDimension > 0 ? FeedForwardDimension : 4 * HiddenDimension;

    /// <summary>The same with what was left to the size of the data, and the width rounded up to 16 per head.</summary>
    public TransformerOptions For(long interactions)
    {
        var width = HiddenDimension > 0 ? HiddenDimension : interactions < LargeData ? SmallWidth : LargeWidth;
        var heads = Heads > 0 ? Heads : Math.Max(1, width / WidthPerHead);
        var unit = WidthUnit * heads;
        return this with { HiddenDimension = (width + unit - 1) / unit * unit, Heads = heads };
    }

    /// <summary>The same in the shape of a network that there is already.</summary>
    public TransformerOptions Shaped(WeightLayout layout) => this with
    {
        HiddenDimension = layout.Width, FeedForwardDimension = layout.FeedForward, Blocks = layout.Blocks.Count, Heads = layout.Heads,
        MaxLength = layout.MaxLength, UsesTimeGaps = layout.UsesGaps,
    };

    /// <exception cref="ArgumentException">A value is out of its range; the message says which.</exception>
    public void Validate()
    {
        if (Heads < 1 || HiddenDimension < 16 || HiddenDimension % (16 * Heads) != 0)
            throw new ArgumentException($"The hidden dimension is {HiddenDimension}; a multiple of 16 per head was expected with {Heads} heads.");
        if (FeedForward % 16 != 0)
            throw new ArgumentException($"The feed-forward dimension is {FeedForward}; a multiple of 16 was expected.");
        if (Blocks < 1 || MaxLength < 2 || Negatives < 1)
            throw new ArgumentException(
                $"{Blocks} blocks, {MaxLength} steps and {Negatives} negatives were asked for; at least 1, 2 and 1 were expected.");
        if (Dropout is not (>= 0 and <= 0.9) || !(LearningRate > 0) || DecayShare is not (>= 0 and <= 1) || PopularNegatives is not (>= 0 and <= 0.9))
            throw new ArgumentException($"Dropout {Dropout}, learning rate {LearningRate}, decay {DecayShare} "
                + $"or popular negatives {PopularNegatives} is out of range.");
    }
}
