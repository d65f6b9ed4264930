namespace Kindred.Numerics.Ranking;

/// <summary>Arithmetic that the storages share.</summary>
internal static class BlockSizes
{
    public static int ItemCount(ReadOnlySpan<float> rows, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (rows.Length % dimensions != 0)
            throw new ArgumentException($"{rows.Length} values are not rows of {dimensions}.", nameof(rows));
        return rows.Length / dimensions;
    }

    /// <summary>Items with the last block filled up.</summary>
    public static int Places(int itemCount) => checked((itemCount + ItemBlocks.BlockSize - 1) / ItemBlocks.BlockSize * ItemBlocks.BlockSize);
}
