namespace Kindred.Numerics.Dense;

/// <summary>The innermost product: a few rows of c that stay in registers while the depth runs.</summary>
internal unsafe interface IGemmTile
{
    /// <summary>Columns of a tile, and so of a packed panel of b.</summary>
    static abstract int Columns { get; }

    /// <summary>
    /// c[rows, Columns] (+)= a[rows, depth] · b[depth, Columns], each element as one chain of fused multiply-adds in ascending depth.
    /// </summary>
    /// <param name="rows">1 to <see cref="GemmTile.Rows"/>.</param>
    static abstract void Multiply(
        int rows, nint depth, float* a, nint aRowStride, nint aColumnStride, float* b, nint bRowStride, float* c, nint cRowStride,
        bool accumulate);
}

internal static class GemmTile
{
    /// <summary>Rows of a tile: 6 x 4 of 32 registers with AVX-512, 6 x 2 of 16 with AVX2; the rest hold b and the broadcast of a.</summary>
    public const int Rows = 6;
}
