namespace Kindred.Numerics.Ranking;

/// <summary>Finds items by their inner product with a query. Safe for any number of concurrent callers.</summary>
public interface IItemIndex
{
    int ItemCount { get; }

    int Dimensions { get; }

    /// <summary>Finds the items with the largest inner products with the query, best first; equal ones by ascending index.</summary>
    /// <param name="query">Shape [dimensions]. One that is not finite finds nothing.</param>
    /// <param name="excluded">A bit per item, 1 = never selected, shape [ceil(items / 64)]; empty = none excluded.</param>
    /// <param name="best">Receives item indices; its length is the most that are wanted.</param>
    /// <param name="scores">Receives their inner products, as long as <paramref name="best"/>; empty = not wanted.</param>
    /// <returns>How many were found.</returns>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    int Select(ReadOnlySpan<float> query, ReadOnlySpan<ulong> excluded, Span<int> best, Span<float> scores = default);
}
