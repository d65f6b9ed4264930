namespace Kindred.Recipes.Transformer;

/// <summary>
/// Where each tensor lies in the one buffer that holds every weight but the item vectors. In this order: position, event type and gap
/// vectors; gain and bias of the last normalisation; then per block the attention's and the feed-forward layer's weights and biases.
/// Last, if users have attributes, the vectors of their features; if events have contexts, the vectors of theirs. Matrices are row-major,
/// shape [inputs, outputs]. Each tensor begins on a multiple of 16 floats.
/// </summary>
internal sealed class WeightLayout : IEquatable<WeightLayout>
{
    /// <summary>Buckets of the time since the previous step.</summary>
    public const int GapBuckets = 32;

    public WeightLayout(
        int width, int feedForward, int blocks, int heads, int maxLength, int eventTypes, bool usesGaps, int userFeatures = 0,
        int contextFeatures = 0)
    {
        (Width, FeedForward, Heads, MaxLength, EventTypes, UsesGaps) = (width, feedForward, heads, maxLength, eventTypes, usesGaps);
        (UserFeatures, ContextFeatures) = (userFeatures, contextFeatures);
        Positions = Take(maxLength * width);
        Types = Take((eventTypes + 1) * width);
        Gaps = Take((usesGaps ? GapBuckets : 1) * width);
        (Gain, Bias) = (Take(width), Take(width));
        Blocks = [.. Enumerable.Range(0, blocks).Select(_ => new BlockLayout
        {
            Projection = Take(3 * width * width), ProjectionBias = Take(3 * width),
            Output = Take(width * width), OutputBias = Take(width),
            Expansion = Take(width * feedForward), ExpansionBias = Take(feedForward),
            Contraction = Take(feedForward * width), ContractionBias = Take(width),
        })];
        Users = Take(userFeatures == 0 ? 0 : (userFeatures + 1) * width);
        Contexts = Take(contextFeatures * width);
    }

    public int Width { get; }
    public int FeedForward { get; }
    public int Heads { get; }
    public int MaxLength { get; }

    /// <summary>Known event types; row 0 of <see cref="Types"/> stands for none.</summary>
    public int EventTypes { get; }

    /// <summary>Whether the time since the previous step is an input; otherwise every step is in bucket 0.</summary>
    public bool UsesGaps { get; }

    /// <summary>Features that users' attributes have; 0 = users are known by their steps alone.</summary>
    public int UserFeatures { get; }

    /// <summary>Features that contexts have; 0 = contexts are no input.</summary>
    public int ContextFeatures { get; }

    /// <summary>Whether a window begins with a token that says who the user is.</summary>
    public bool HasUserToken => UserFeatures > 0;

    /// <summary>Most tokens of a window.</summary>
    public int MaxTokens => MaxLength + (HasUserToken ? 1 : 0);

    /// <summary>Floats in the buffer.</summary>
    public int Length { get; private set; }

    public Range Positions { get; }
    public Range Types { get; }
    public Range Gaps { get; }
    public Range Gain { get; }
    public Range Bias { get; }
    public IReadOnlyList<BlockLayout> Blocks { get; }

    /// <summary>Row 0 is the vector of any user, the others are those of the features.</summary>
    public Range Users { get; }

    /// <summary>A vector per feature of contexts.</summary>
    public Range Contexts { get; }

    /// <summary>Whether weights of one fit the other.</summary>
    public bool Equals(WeightLayout? other) =>
        IsSameNetwork(other) && (UserFeatures, ContextFeatures) == (other!.UserFeatures, other.ContextFeatures);

    /// <summary>Whether weights of one fit the other but for those of the features of users and contexts, which come last.</summary>
    public bool IsSameNetwork(WeightLayout? other) => other is not null
        && (Width, FeedForward, Heads, MaxLength, EventTypes, UsesGaps, Blocks.Count)
            == (other.Width, other.FeedForward, other.Heads, other.MaxLength, other.EventTypes, other.UsesGaps, other.Blocks.Count);

    public override bool Equals(object? obj) => Equals(obj as WeightLayout);

    public override int GetHashCode() =>
        HashCode.Combine(Width, FeedForward, Heads, MaxLength, EventTypes, UserFeatures, ContextFeatures, Blocks.Count);

    private Range Take(int length)
    {
        var start = Length;
        Length += (length + 15) & ~15;
        return start..(start + length);
    }
}
