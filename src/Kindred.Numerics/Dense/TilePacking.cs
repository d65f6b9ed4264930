namespace Kindred.Numerics.Dense;

/// <summary>Copies rows of a matrix into tiles: of the first six rows column by column, then of the next.</summary>
internal static unsafe class TilePacking
{
    /// <summary>Writes tiles of <see cref="GemmTile.Rows"/> rows; what the last one lacks is left as it is.</summary>
    public static void Pack(int rows, int depth, float* source, nint rowStride, nint columnStride, float* target)
    {
        for (var row = 0; row < rows; row += GemmTile.Rows)
        {
            var count = Math.Min(GemmTile.Rows, rows - row);
            if (rowStride == 1 && count == GemmTile.Rows)
                CopyColumns(depth, source + row, columnStride, target);
            else
                GatherRows(count, depth, source + row * rowStride, rowStride, columnStride, target);
            target += (nint)GemmTile.Rows * depth;
        }
    }

    private static void CopyColumns(int depth, float* source, nint columnStride, float* target)
    {
        for (var k = 0; k < depth; k++, source += columnStride, target += GemmTile.Rows)
        {
            // Two floats at a time.
            long* pairs = (long*)source, to = (long*)target;
            to[0] = pairs[0];
            to[1] = pairs[1];
            to[2] = pairs[2];
        }
    }

    private static void GatherRows(int count, int depth, float* source, nint rowStride, nint columnStride, float* target)
    {
        for (var row = 0; row < count; row++)
        {
            var from = source + row * rowStride;
            for (nint k = 0; k < depth; k++)
                target[k * GemmTile.Rows + row] = from[k * columnStride];
        }
    }
}
