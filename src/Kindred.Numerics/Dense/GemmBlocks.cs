using System.Buffers;
using System.Runtime.CompilerServices;

namespace Kindred.Numerics.Dense;

/// <summary>
/// Cuts a product into blocks that fit the caches (Goto, van de Geijn, Anatomy of High-Performance Matrix Multiplication, 2008): a panel of b
/// stays in the first level while the rows of a pass by from the second.
/// </summary>
internal static unsafe class GemmBlocks<TTile>
    where TTile : struct, IGemmTile
{
    private const int Depth = Gemm.Depth;
    private const int RowsPerBlock = 20 * GemmTile.Rows;
    private const int ColumnsPerBlock = 512;
    private const int Alignment = 16; // floats in a cache line

    /// <summary>
    /// Up to so many floats b is used where it lies: it stays in the first level anyway. The panel of a larger one, its rows apart, falls
    /// on few sets of that cache: a gradient of weights, (12800 x 64)ᵀ · 12800 x 64, took 2.3 times as long. A single tile of rows reads b
    /// only once, packed or not.
    /// </summary>
    private const int Unpacked = 4096;

    private const int FarApart = 512;

    public static void Multiply(
        int rows, int columns, int depth, float* a, nint aRowStride, nint aColumnStride, float* b, nint bRowStride, nint bColumnStride,
        float* c, nint cRowStride, bool accumulate)
    {
        if (bColumnStride == 1 && columns % TTile.Columns == 0 && (rows <= GemmTile.Rows || depth * bRowStride <= Unpacked))
        {
            MultiplyBlock(rows, columns, depth, a, aRowStride, aColumnStride, b, bRowStride, TTile.Columns, c, cRowStride, accumulate);
            return;
        }

        var buffer = ArrayPool<float>.Shared.Rent(
            (int)PanelPacking.Size(Math.Min(depth, Depth), Math.Min(columns, ColumnsPerBlock), TTile.Columns) + Alignment);
        fixed (float* rented = buffer)
        {
            var packed = Align(rented);
            for (var column = 0; column < columns; column += ColumnsPerBlock)
            {
                var width = Math.Min(ColumnsPerBlock, columns - column);
                for (var k = 0; k < depth; k += Depth)
                {
                    var deep = Math.Min(Depth, depth - k);
                    PanelPacking.Pack(deep, width, b + k * bRowStride + column * bColumnStride, bRowStride, bColumnStride, TTile.Columns, packed);
                    MultiplyBlock(rows, width, deep, a + k * aColumnStride, aRowStride, aColumnStride,
                        packed, TTile.Columns, (nint)deep * TTile.Columns, c + column, cRowStride, accumulate || k > 0);
                }
            }
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>b is packed: for each <see cref="Gemm.Depth"/> rows of it all panels.</summary>
    public static void MultiplyPacked(
        int rows, int columns, int depth, float* a, nint aRowStride, nint aColumnStride, float* packed, float* c, nint cRowStride,
        bool accumulate)
    {
        for (var k = 0; k < depth; k += Depth)
        {
            var deep = Math.Min(Depth, depth - k);
            MultiplyBlock(rows, columns, deep, a + k * aColumnStride, aRowStride, aColumnStride,
                packed + k * PanelPacking.PaddedColumns(columns, TTile.Columns),
                TTile.Columns, (nint)deep * TTile.Columns, c, cRowStride, accumulate || k > 0);
        }
    }

    /// <summary>
    /// Whether a is copied tile by tile before its rows pass by many panels: where its elements lie so far apart that a tile touches a page
    /// for each row or each step of the depth.
    /// </summary>
    private static bool PacksRows(int columns, nint aRowStride, nint aColumnStride) =>
        columns >= 8 * TTile.Columns && (aColumnStride > 1 || aRowStride > FarApart);

    /// <summary>The cache line at or after <paramref name="pointer"/>.</summary>
    public static float* Align(float* pointer) => (float*)(((nint)pointer + sizeof(float) * Alignment - 1) & -(sizeof(float) * Alignment));

    private static void MultiplyBlock(
        int rows, int columns, int depth, float* a, nint aRowStride, nint aColumnStride, float* b, nint bRowStride, nint bPanelStride,
        float* c, nint cRowStride, bool accumulate)
    {
        if (!PacksRows(columns, aRowStride, aColumnStride))
        {
            for (var block = 0; block < rows; block += RowsPerBlock)
            {
                MultiplyRows(Math.Min(RowsPerBlock, rows - block), columns, depth, a + block * aRowStride, aRowStride, aRowStride, aColumnStride,
                    b, bRowStride, bPanelStride, c + block * cRowStride, cRowStride, accumulate);
            }
            return;
        }
        var buffer = ArrayPool<float>.Shared.Rent(RowsPerBlock * depth + Alignment);
        fixed (float* rented = buffer)
        {
            var packed = Align(rented);
            for (var block = 0; block < rows; block += RowsPerBlock)
            {
                var count = Math.Min(RowsPerBlock, rows - block);
                TilePacking.Pack(count, depth, a + block * aRowStride, aRowStride, aColumnStride, packed);
                MultiplyRows(
                    count, columns, depth, packed, depth, 1, GemmTile.Rows, b, bRowStride, bPanelStride, c + block * cRowStride, cRowStride,
                    accumulate);
            }
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <param name="aTileStride">Floats from one tile of a to the next, divided by its rows.</param>
    [SkipLocalsInit]
    private static void MultiplyRows(
        int rows, int columns, int depth, float* a, nint aTileStride,
        nint aRowStride, nint aColumnStride, float* b, nint bRowStride, nint bPanelStride,
        float* c, nint cRowStride, bool accumulate)
    {
        var edge = stackalloc float[GemmTile.Rows * TTile.Columns];
        var panel = b;
        for (var column = 0; column < columns; column += TTile.Columns, panel += bPanelStride)
        {
            var width = Math.Min(TTile.Columns, columns - column);
            for (var row = 0; row < rows; row += GemmTile.Rows)
            {
                var count = Math.Min(GemmTile.Rows, rows - row);
                var target = c + row * cRowStride + column;
                if (width == TTile.Columns)
                {
                    TTile.Multiply(count, depth, a + row * aTileStride, aRowStride, aColumnStride, panel, bRowStride, target, cRowStride, accumulate);
                    continue;
                }
                if (accumulate)
                    Copy(target, cRowStride, edge, TTile.Columns, count, width);
                TTile.Multiply(count, depth, a + row * aTileStride, aRowStride, aColumnStride, panel, bRowStride, edge, TTile.Columns, accumulate);
                Copy(edge, TTile.Columns, target, cRowStride, count, width);
            }
        }
    }

    private static void Copy(float* source, nint sourceStride, float* target, nint targetStride, int rows, int width)
    {
        for (var row = 0; row < rows; row++)
            new ReadOnlySpan<float>(source + row * sourceStride, width).CopyTo(new Span<float>(target + row * targetStride, width));
    }
}
