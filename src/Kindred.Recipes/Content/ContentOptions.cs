namespace Kindred.Recipes.Content;

/// <summary>How content vectors are made.</summary>
internal sealed record ContentOptions
{
    /// <summary>Dimensions of the vectors: those in which items are alike because the same users meet them.</summary>
    public int Dimension { get; init; } = 64;

    /// <summary>Dimensions of the texts before they are aligned.</summary>
    public int TextDimension { get; init; } = 128;

    /// <summary>Most categories, buckets of numbers and pairs of them that take part; the most frequent ones do.</summary>
    public int MaxAttributes { get; init; } = 1024;

    /// <summary>Weight of a step of a history relative to the next newer one.</summary>
    public double Decay { get; init; } = 0.998;

    /// <summary>
    /// Turns texts into vectors; null = that of <see cref="TextEncoders"/>, else <see cref="HashedTextEncoder"/>, learned from the items'
    /// own texts.
    /// </summary>
    public ITextEncoder? TextEncoder { get; init; }
}
