using System.Runtime.CompilerServices;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Linear;

/// <summary>
/// Adds the outer products of the rows of a matrix to an upper triangle: c (+)= Σₖ aₖᵀ·aₖ, four rows of c and up to three registers at a time,
/// which with the broadcasts is what 16 registers hold. Finer than the tiles of a general product, so that less falls below the diagonal.
/// </summary>
internal static unsafe class OuterProducts<TLanes, TVector>
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <summary>Rows of c that are added to together.</summary>
    public const int Rows = 4;

    /// <summary>
    /// c[row..row+4, from..to) += Σ_{k &lt; depth} a[k, row..row+4]ᵀ · a[k, from..to), or less it: a chain of fused multiply-adds in ascending k for
    /// each element.
    /// </summary>
    /// <param name="a">Column 0 of the first row.</param>
    /// <param name="c">Column 0 of row 0.</param>
    /// <returns>The first column that is left over: fewer than a register of them.</returns>
    public static int Add(float* a, nint aStride, int depth, float* c, nint cStride, int row, int from, int to, bool subtract)
    {
        var column = from;
        var target = c + row * cStride;
        for (int registers; (registers = (to - column) / TLanes.Count) > 0;)
        {
            switch (registers)
            {
                case 1:
                    Add1(a + row, a + column, aStride, depth, target + column, cStride, subtract);
                    column += TLanes.Count;
                    break;
                case 2 or 4: // four as two and two: a single register waits for its own sums
                    Add2(a + row, a + column, aStride, depth, target + column, cStride, subtract);
                    column += 2 * TLanes.Count;
                    break;
                default:
                    Add3(a + row, a + column, aStride, depth, target + column, cStride, subtract);
                    column += 3 * TLanes.Count;
                    break;
            }
        }
        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add1(float* x, float* y, nint stride, int depth, float* c, nint cStride, bool subtract)
    {
        float* c1 = c + cStride, c2 = c1 + cStride, c3 = c2 + cStride;
        var (s0, s1, s2, s3) = (Load(c, subtract), Load(c1, subtract), Load(c2, subtract), Load(c3, subtract));
        nint at = 0;
        for (var k = 0; k < depth; k++)
        {
            var y0 = TLanes.Load(y + at);
            s0 = TLanes.MultiplyAdd(TLanes.Broadcast(x[at]), y0, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Broadcast(x[at + 1]), y0, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Broadcast(x[at + 2]), y0, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Broadcast(x[at + 3]), y0, s3);
            at += stride;
        }
        Store(s0, c, subtract);
        Store(s1, c1, subtract);
        Store(s2, c2, subtract);
        Store(s3, c3, subtract);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add2(float* x, float* y, nint stride, int depth, float* c, nint cStride, bool subtract)
    {
        float* c1 = c + cStride, c2 = c1 + cStride, c3 = c2 + cStride;
        var (s00, s01) = (Load(c, subtract), Load(c + TLanes.Count, subtract));
        var (s10, s11) = (Load(c1, subtract), Load(c1 + TLanes.Count, subtract));
        var (s20, s21) = (Load(c2, subtract), Load(c2 + TLanes.Count, subtract));
        var (s30, s31) = (Load(c3, subtract), Load(c3 + TLanes.Count, subtract));
        nint at = 0;
        for (var k = 0; k < depth; k++)
        {
            var (y0, y1) = (TLanes.Load(y + at), TLanes.Load(y + at + TLanes.Count));
            var x0 = TLanes.Broadcast(x[at]);
            s00 = TLanes.MultiplyAdd(x0, y0, s00);
            s01 = TLanes.MultiplyAdd(x0, y1, s01);
            var x1 = TLanes.Broadcast(x[at + 1]);
            s10 = TLanes.MultiplyAdd(x1, y0, s10);
            s11 = TLanes.MultiplyAdd(x1, y1, s11);
            var x2 = TLanes.Broadcast(x[at + 2]);
            s20 = TLanes.MultiplyAdd(x2, y0, s20);
            s21 = TLanes.MultiplyAdd(x2, y1, s21);
            var x3 = TLanes.Broadcast(x[at + 3]);
            s30 = TLanes.MultiplyAdd(x3, y0, s30);
            s31 = TLanes.MultiplyAdd(x3, y1, s31);
            at += stride;
        }
        Store(s00, c, subtract); Store(s01, c + TLanes.Count, subtract);
        Store(s10, c1, subtract); Store(s11, c1 + TLanes.Count, subtract);
        Store(s20, c2, subtract); Store(s21, c2 + TLanes.Count, subtract);
        Store(s30, c3, subtract); Store(s31, c3 + TLanes.Count, subtract);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add3(float* x, float* y, nint stride, int depth, float* c, nint cStride, bool subtract)
    {
        float* c1 = c + cStride, c2 = c1 + cStride, c3 = c2 + cStride;
        var (s00, s01, s02) = (Load(c, subtract), Load(c + TLanes.Count, subtract), Load(c + 2 * TLanes.Count, subtract));
        var (s10, s11, s12) = (Load(c1, subtract), Load(c1 + TLanes.Count, subtract), Load(c1 + 2 * TLanes.Count, subtract));
        var (s20, s21, s22) = (Load(c2, subtract), Load(c2 + TLanes.Count, subtract), Load(c2 + 2 * TLanes.Count, subtract));
        var (s30, s31, s32) = (Load(c3, subtract), Load(c3 + TLanes.Count, subtract), Load(c3 + 2 * TLanes.Count, subtract));
        nint at = 0;
        for (var k = 0; k < depth; k++)
        {
            var (y0, y1, y2) = (TLanes.Load(y + at), TLanes.Load(y + at + TLanes.Count), TLanes.Load(y + at + 2 * TLanes.Count));
            var x0 = TLanes.Broadcast(x[at]);
            s00 = TLanes.MultiplyAdd(x0, y0, s00);
            s01 = TLanes.MultiplyAdd(x0, y1, s01);
            s02 = TLanes.MultiplyAdd(x0, y2, s02);
            var x1 = TLanes.Broadcast(x[at + 1]);
            s10 = TLanes.MultiplyAdd(x1, y0, s10);
            s11 = TLanes.MultiplyAdd(x1, y1, s11);
            s12 = TLanes.MultiplyAdd(x1, y2, s12);
            var x2 = TLanes.Broadcast(x[at + 2]);
            s20 = TLanes.MultiplyAdd(x2, y0, s20);
            s21 = TLanes.MultiplyAdd(x2, y1, s21);
            s22 = TLanes.MultiplyAdd(x2, y2, s22);
            var x3 = TLanes.Broadcast(x[at + 3]);
            s30 = TLanes.MultiplyAdd(x3, y0, s30);
            s31 = TLanes.MultiplyAdd(x3, y1, s31);
            s32 = TLanes.MultiplyAdd(x3, y2, s32);
            at += stride;
        }
        Store(s00, c, subtract); Store(s01, c + TLanes.Count, subtract); Store(s02, c + 2 * TLanes.Count, subtract);
        Store(s10, c1, subtract); Store(s11, c1 + TLanes.Count, subtract); Store(s12, c1 + 2 * TLanes.Count, subtract);
        Store(s20, c2, subtract); Store(s21, c2 + TLanes.Count, subtract); Store(s22, c2 + 2 * TLanes.Count, subtract);
        Store(s30, c3, subtract); Store(s31, c3 + TLanes.Count, subtract); Store(s32, c3 + 2 * TLanes.Count, subtract);
    }

    // Less the products = the negative plus the products, and that negated; both are exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(float* source, bool negate)
    {
        var value = TLanes.Load(source);
        return negate ? TLanes.Subtract(TLanes.Broadcast(0), value) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector value, float* target, bool negate) =>
        TLanes.Store(negate ? TLanes.Subtract(TLanes.Broadcast(0), value) : value, target);
}
