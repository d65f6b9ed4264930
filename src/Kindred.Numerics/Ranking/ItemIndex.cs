namespace Kindred.Numerics.Ranking;

/// <summary>The index that suits a catalogue.</summary>
public static class ItemIndex
{
    /// <summary>
    /// Up to here every item is scored, exactly: 64 dimensions in single precision take some 16 ms on one core at the limit of its memory,
    /// and lists would not find everything.
    /// </summary>
    public const int MaxExactItems = 2_000_000;

    /// <param name="rows">Item vectors, row-major, shape [items, dimensions].</param>
    /// <param name="dimensions">Length of a vector, at least 1.</param>
    /// <param name="seed">Seed of the lists of a large catalogue.</param>
    /// <param name="threads">Threads that build them; the result does not depend on them.</param>
    /// <param name="cancellationToken">Looked at between blocks of items.</param>
    public static IItemIndex Build(
        ReadOnlyMemory<float> rows, int dimensions, int seed, int threads, CancellationToken cancellationToken = default) =>
        BlockSizes.ItemCount(rows.Span, dimensions) <= MaxExactItems
            ? SingleBlocks.Pack(rows.Span, dimensions)
            : IvfIndex.Build(rows, dimensions, new IvfOptions(), seed, threads, cancellationToken);
}
