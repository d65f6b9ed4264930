namespace Kindred.Recipes.Transformer;

/// <summary>
/// Where the tensors of one block lie. The normalisations have no gain and bias of their own: the matrices after them take that over.
/// </summary>
internal sealed record BlockLayout
{
    /// <summary>Queries, keys and values, shape [width, 3·width].</summary>
    public required Range Projection { get; init; }

    public required Range ProjectionBias { get; init; }

    /// <summary>From the heads back to the residual, shape [width, width].</summary>
    public required Range Output { get; init; }

    public required Range OutputBias { get; init; }

    /// <summary>First feed-forward matrix, shape [width, feedForward].</summary>
    public required Range Expansion { get; init; }

    public required Range ExpansionBias { get; init; }

    /// <summary>Second feed-forward matrix, shape [feedForward, width].</summary>
    public required Range Contraction { get; init; }

    public required Range ContractionBias { get; init; }
}
