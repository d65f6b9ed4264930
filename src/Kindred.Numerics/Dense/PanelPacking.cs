using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Numerics.Dense;

/// <summary>Copies a matrix into panels: all rows of the first w columns, then of the next w, filled up with zeros.</summary>
internal static unsafe class PanelPacking
{
    /// <summary>Floats that <paramref name="columns"/> columns and <paramref name="rows"/> rows take when packed.</summary>
    public static long Size(int rows, int columns, int panelWidth) => (long)rows * PaddedColumns(columns, panelWidth);

    public static long PaddedColumns(int columns, int panelWidth) => ((long)columns + panelWidth - 1) / panelWidth * panelWidth;

    public static void Pack(int rows, int columns, float* source, nint rowStride, nint columnStride, int panelWidth, float* target)
    {
        for (var column = 0; column < columns; column += panelWidth)
        {
            var width = Math.Min(panelWidth, columns - column);
            var from = source + column * columnStride;
            if (columnStride == 1)
                CopyPanel(rows, width, from, rowStride, panelWidth, target);
            else
                GatherPanel(rows, width, from, rowStride, columnStride, panelWidth, target);
            target += (nint)rows * panelWidth;
        }
    }

    private static void CopyPanel(int rows, int width, float* source, nint rowStride, int panelWidth, float* target)
    {
        if (width == panelWidth && width % (2 * Vector256<float>.Count) == 0)
        {
            CopyWholePanel(rows, width, source, rowStride, target);
            return;
        }
        for (var row = 0; row < rows; row++)
        {
            var to = new Span<float>(target, panelWidth);
            new ReadOnlySpan<float>(source, width).CopyTo(to);
            to[width..].Clear();
            source += rowStride;
            target += panelWidth;
        }
    }

    // By registers: the rows are short, and lie far apart, so that many must be under way at once.
    private static void CopyWholePanel(int rows, int width, float* source, nint rowStride, float* target)
    {
        for (var row = 0; row < rows; row++, source += rowStride, target += width)
        {
            for (var column = 0; column < width; column += 2 * Vector256<float>.Count)
            {
                Vector256.Load(source + column).Store(target + column);
                Vector256.Load(source + column + Vector256<float>.Count).Store(target + column + Vector256<float>.Count);
            }
        }
    }

    private static void GatherPanel(int rows, int width, float* source, nint rowStride, nint columnStride, int panelWidth, float* target)
    {
        var row = 0;
        if (rowStride == 1 && Avx.IsSupported)
        {
            for (; row + 8 <= rows; row += 8)
            {
                var column = 0;
                for (; column + 8 <= width; column += 8)
                    Transpose8x8(source + row + column * columnStride, columnStride, target + (nint)row * panelWidth + column, panelWidth);
                GatherRows(row, row + 8, column, width, source, rowStride, columnStride, panelWidth, target);
            }
        }
        GatherRows(row, rows, 0, width, source, rowStride, columnStride, panelWidth, target);
    }

    private static void GatherRows(
        int fromRow, int toRow, int fromColumn, int width, float* source, nint rowStride, nint columnStride, int panelWidth, float* target)
    {
        if (fromColumn == panelWidth)
            return;
        for (var row = fromRow; row < toRow; row++)
        {
            var to = target + (nint)row * panelWidth;
            for (var column = fromColumn; column < width; column++)
                to[column] = source[row * rowStride + column * columnStride];
            for (var column = width; column < panelWidth; column++)
                to[column] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8x8(float* source, nint stride, float* target, nint targetStride)
    {
        var (r0, r1, r2, r3) = (
            Vector256.Load(source), Vector256.Load(source + stride),
            Vector256.Load(source + 2 * stride), Vector256.Load(source + 3 * stride));
        source += 4 * stride;
        var (r4, r5, r6, r7) = (
            Vector256.Load(source), Vector256.Load(source + stride),
            Vector256.Load(source + 2 * stride), Vector256.Load(source + 3 * stride));
        // Pairs, then quadruples inside each half, then the halves.
        var (p0, p1, p2, p3) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1), Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        var (p4, p5, p6, p7) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5), Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));
        var (q0, q1, q2, q3) = (Avx.Shuffle(p0, p2, 0x44), Avx.Shuffle(p0, p2, 0xEE), Avx.Shuffle(p1, p3, 0x44), Avx.Shuffle(p1, p3, 0xEE));
        var (q4, q5, q6, q7) = (Avx.Shuffle(p4, p6, 0x44), Avx.Shuffle(p4, p6, 0xEE), Avx.Shuffle(p5, p7, 0x44), Avx.Shuffle(p5, p7, 0xEE));
        Avx.Permute2x128(q0, q4, 0x20).Store(target);
        Avx.Permute2x128(q1, q5, 0x20).Store(target + targetStride);
        Avx.Permute2x128(q2, q6, 0x20).Store(target + 2 * targetStride);
        Avx.Permute2x128(q3, q7, 0x20).Store(target + 3 * targetStride);
        target += 4 * targetStride;
        Avx.Permute2x128(q0, q4, 0x31).Store(target);
        Avx.Permute2x128(q1, q5, 0x31).Store(target + targetStride);
        Avx.Permute2x128(q2, q6, 0x31).Store(target + 2 * targetStride);
        Avx.Permute2x128(q3, q7, 0x31).Store(target + 3 * targetStride);
    }
}
