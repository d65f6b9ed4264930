using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;
using Kindred.Numerics.Threading;

namespace Kindred.Numerics.Dense;

/// <summary>Products of dense matrices in single precision. Twin: <see cref="GemmReference"/>.</summary>
/// <remarks>
/// An element of the product is one chain of fused multiply-adds in ascending depth, whatever the vector width, the strides and the rows that are
/// multiplied with it: a row alone gives the same bits as in a batch, and any partition over threads gives the same bits as none.
/// |error| ≤ depth·ε·Σ|aₖbₖ| with ε = 2^-24 (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §3.1). NaN and infinities are
/// handed on as in scalar arithmetic. Packing buffers come from the shared pool: nothing is allocated after the first calls. The product
/// must not overlap its factors.
/// </remarks>
public static unsafe class Gemm
{
    /// <summary>Depth of a block: 256 x 16 floats are 16 KiB of b in the first cache level.</summary>
    internal const int Depth = 256;

    /// <summary>c (+)= a · b on the caller's thread.</summary>
    /// <param name="a">Shape [rows, depth].</param>
    /// <param name="b">Shape [depth, columns].</param>
    /// <param name="c">Row-major, shape [rows, columns]; floats between the rows are left alone.</param>
    /// <param name="cRowStride">Floats from one row of c to the next, at least the columns.</param>
    /// <param name="accumulate">Adds to c instead of overwriting it.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void Multiply(MatrixView a, MatrixView b, Span<float> c, int cRowStride, bool accumulate = false) =>
        Multiply(Simd.Width, a, b, c, cRowStride, accumulate);

    /// <summary>c (+)= a · b with b packed beforehand, on the caller's thread.</summary>
    /// <inheritdoc cref="Multiply(MatrixView, MatrixView, Span{float}, int, bool)"/>
    public static void MultiplyPacked(MatrixView a, PackedMatrix b, Span<float> c, int cRowStride, bool accumulate = false)
    {
        CheckShapes(a, b.Rows, b.Columns, c, cRowStride);
        if (ClearIfEmpty(a.Rows, b.Columns, a.Columns, c, cRowStride, accumulate))
            return;
        fixed (float* left = a.Values, right = b.Panels, product = c)
        {
            switch (b.Width, b.PanelWidth)
            {
                case (SimdWidth.Vector512, 64):
                    GemmBlocks<GemmTile6x4<Lanes512, Vector512<float>>>.MultiplyPacked(
                        a.Rows, b.Columns, a.Columns, left, a.RowStride, a.ColumnStride, right, product, cRowStride, accumulate);
                    break;
                case (SimdWidth.Vector512, _):
                    GemmBlocks<GemmTile6x2<Lanes512, Vector512<float>>>.MultiplyPacked(
                        a.Rows, b.Columns, a.Columns, left, a.RowStride, a.ColumnStride, right, product, cRowStride, accumulate);
                    break;
                case (SimdWidth.Vector256, _):
                    GemmBlocks<GemmTile6x2<Lanes256, Vector256<float>>>.MultiplyPacked(
                        a.Rows, b.Columns, a.Columns, left, a.RowStride, a.ColumnStride, right, product, cRowStride, accumulate);
                    break;
                default:
                    GemmBlocks<GemmTile6x2<LanesScalar, float>>.MultiplyPacked(
                        a.Rows, b.Columns, a.Columns, left, a.RowStride, a.ColumnStride, right, product, cRowStride, accumulate);
                    break;
            }
        }
    }

    /// <summary>c (+)= a · b on several threads of <see cref="Workers"/>; the bits are those of one thread.</summary>
    /// <param name="threads">At least 1; a product of less than 10 million operations stays on the caller's.</param>
    /// <param name="cancellationToken">Looked at between blocks; c is then half written.</param>
    /// <inheritdoc cref="Multiply(MatrixView, MatrixView, Span{float}, int, bool)"/>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Multiply(
        MatrixView a, MatrixView b, Span<float> c, int cRowStride, bool accumulate, int threads,
        CancellationToken cancellationToken = default)
    {
        CheckShapes(a, b.Rows, b.Columns, c, cRowStride);
        var (rows, columns, depth) = (a.Rows, b.Columns, a.Columns);
        if (ClearIfEmpty(rows, columns, depth, c, cRowStride, accumulate))
            return;
        if (2.0 * rows * columns * depth < 1e7)
            threads = 1; // starting a thread takes as long
        var (aRow, aColumn, bRow, bColumn) = (a.RowStride, a.ColumnStride, b.RowStride, b.ColumnStride);
        // Whole tiles, a few blocks per thread against uneven cores, but large enough that packing b again for each is small beside its product.
        var byRows = rows >= columns;
        var block = byRows ? Share(rows, threads, 20 * GemmTile.Rows) : Share(columns, threads, 128);
        fixed (float* fixedA = a.Values, fixedB = b.Values, fixedC = c)
        {
            float* left = fixedA, right = fixedB, product = fixedC;
            Workers.ForBlocks(byRows ? rows : columns, block, threads, (_, from, to) =>
            {
                if (byRows)
                    Run(
                        Simd.Width, to - from, columns, depth, left + (nint)from * aRow, aRow, aColumn, right, bRow, bColumn,
                        product + (nint)from * cRowStride, cRowStride, accumulate);
                else
                    Run(
                        Simd.Width, rows, to - from, depth, left, aRow, aColumn, right + (nint)from * bColumn, bRow, bColumn,
                        product + from, cRowStride, accumulate);
            }, cancellationToken);
        }
    }

    internal static void Multiply(SimdWidth width, MatrixView a, MatrixView b, Span<float> c, int cRowStride, bool accumulate)
    {
        CheckShapes(a, b.Rows, b.Columns, c, cRowStride);
        if (ClearIfEmpty(a.Rows, b.Columns, a.Columns, c, cRowStride, accumulate))
            return;
        fixed (float* left = a.Values, right = b.Values, product = c)
            Run(
                width, a.Rows, b.Columns, a.Columns, left, a.RowStride, a.ColumnStride, right, b.RowStride, b.ColumnStride, product,
                cRowStride, accumulate);
    }

    /// <summary>With AVX-512 64 columns, or 32 where 64 would leave more than a tenth of the work to padding.</summary>
    internal static int PanelWidth(SimdWidth width, int columns) => width switch
    {
        SimdWidth.Vector512 => PanelPacking.PaddedColumns(columns, 32) * 1.1 < PanelPacking.PaddedColumns(columns, 64) ? 32 : 64,
        SimdWidth.Vector256 => 16,
        _ => 2,
    };

    private static void Run(
        SimdWidth width, int rows, int columns, int depth, float* a, nint aRow,
        nint aColumn, float* b, nint bRow, nint bColumn, float* c, nint cRow, bool accumulate)
    {
        switch (width, PanelWidth(width, columns))
        {
            case (SimdWidth.Vector512, 64):
                GemmBlocks<GemmTile6x4<Lanes512, Vector512<float>>>.Multiply(
                    rows, columns, depth, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
                break;
            case (SimdWidth.Vector512, _):
                GemmBlocks<GemmTile6x2<Lanes512, Vector512<float>>>.Multiply(
                    rows, columns, depth, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
                break;
            case (SimdWidth.Vector256, _):
                GemmBlocks<GemmTile6x2<Lanes256, Vector256<float>>>.Multiply(
                    rows, columns, depth, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
                break;
            default:
                GemmBlocks<GemmTile6x2<LanesScalar, float>>.Multiply(rows, columns, depth, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate);
                break;
        }
    }

    private static int Share(int count, int threads, int unit)
    {
        var share = (count + 4L * threads - 1) / (4L * threads);
        return (int)Math.Min(count, (share + unit - 1) / unit * unit);
    }

    private static void CheckShapes(MatrixView a, int bRows, int bColumns, Span<float> c, int cRowStride)
    {
        if (a.Columns != bRows)
            throw new ArgumentException($"{a.Rows} x {a.Columns} times {bRows} x {bColumns} is no product.", nameof(a));
        ArgumentOutOfRangeException.ThrowIfLessThan(cRowStride, bColumns);
        if (a.Rows > 0 && bColumns > 0 && (long)(a.Rows - 1) * cRowStride + bColumns > c.Length)
            throw new ArgumentException($"{c.Length} floats do not hold {a.Rows} x {bColumns} with a row stride of {cRowStride}.", nameof(c));
    }

    private static bool ClearIfEmpty(int rows, int columns, int depth, Span<float> c, int cRowStride, bool accumulate)
    {
        if (rows > 0 && columns > 0 && depth > 0)
            return false;
        for (var row = 0; row < rows && !accumulate && columns > 0; row++)
            c.Slice(row * cRowStride, columns).Clear();
        return true;
    }
}
