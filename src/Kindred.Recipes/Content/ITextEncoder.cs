namespace Kindred.Recipes.Content;

/// <summary>Turns texts into vectors whose inner product says how alike they are.</summary>
internal interface ITextEncoder
{
    int Dimension { get; }

    /// <summary>Writes a vector of length 1 per text, or zeros for a text that says nothing. Safe for concurrent callers.</summary>
    /// <param name="texts">The texts; null or empty = none.</param>
    /// <param name="vectors">Row-major, shape [texts, Dimension].</param>
    /// <param name="cancellationToken">Looked at between texts.</param>
    void Encode(ReadOnlySpan<string?> texts, Span<float> vectors, CancellationToken cancellationToken);
}
