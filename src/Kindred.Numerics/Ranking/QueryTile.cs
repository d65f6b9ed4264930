using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Dense;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Ranking;

/// <summary>
/// Scores of a few queries and the 32 items of a block: a product whose chains run in the order of the dimensions, as those of a query
/// alone do.
/// </summary>
internal static unsafe class QueryTile
{
    /// <summary>Queries of a tile.</summary>
    public const int Queries = GemmTile.Rows;

    /// <summary>Scores the block.</summary>
    /// <param name="queries">Row-major, shape [count, dimensions].</param>
    /// <param name="count">1 to <see cref="Queries"/>.</param>
    /// <param name="dimensions">At least 1.</param>
    /// <param name="block">Shape [dimensions, 32].</param>
    /// <param name="scores">Receives the scores, shape [count, 32].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Score(float* queries, int count, nint dimensions, float* block, float* scores)
    {
        switch (Simd.Width)
        {
            case SimdWidth.Vector512:
                Score<GemmTile6x2<Lanes512, Vector512<float>>>(queries, count, dimensions, block, scores);
                break;
            case SimdWidth.Vector256:
                Score<GemmTile6x2<Lanes256, Vector256<float>>>(queries, count, dimensions, block, scores);
                break;
            default:
                Score<GemmTile6x2<LanesScalar, float>>(queries, count, dimensions, block, scores);
                break;
        }
    }

    private static void Score<TTile>(float* queries, int count, nint dimensions, float* block, float* scores)
        where TTile : struct, IGemmTile
    {
        for (var item = 0; item < ItemBlocks.BlockSize; item += TTile.Columns)
            TTile.Multiply(
                count, dimensions, queries, dimensions, 1, block + item, ItemBlocks.BlockSize, scores + item, ItemBlocks.BlockSize,
                accumulate: false);
    }
}
