using System.Runtime.CompilerServices;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Linear;

/// <summary>
/// The inner loops of a Cholesky factorisation by rows, four at a time. Each element is a chain of fused multiply-adds in the order of the rows.
/// </summary>
internal static unsafe class CholeskyRows<TLanes, TVector>
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <summary>a[row, from..to) -= Σ_{k &lt; row} a[k, row] · a[k, from..to) for a row that is alone.</summary>
    /// <returns>The first column that is left over: fewer than a register of them.</returns>
    public static int Reduce(float* a, nint stride, int row, int from, int to)
    {
        var column = from;
        for (; column + TLanes.Count <= to; column += TLanes.Count)
        {
            var target = a + row * stride + column;
            var sum = TLanes.Load(target);
            float* factor = a + row, above = a + column;
            for (var k = 0; k < row; k++, factor += stride, above += stride)
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(-*factor), TLanes.Load(above), sum);
            TLanes.Store(sum, target);
        }
        return column;
    }

    /// <summary>Eliminates four rows with one another, [from, to) of each.</summary>
    /// <param name="rows">Column 0 of the first of them.</param>
    /// <param name="f">The factors among them.</param>
    /// <returns>The first column that is left over: fewer than a register of them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Eliminate(float* rows, nint stride, in CholeskyCorner f, int from, int to)
    {
        float* r0 = rows, r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride;
        var (scale0, scale1, scale2, scale3) =
            (TLanes.Broadcast(f.Scale0), TLanes.Broadcast(f.Scale1), TLanes.Broadcast(f.Scale2), TLanes.Broadcast(f.Scale3));
        var (minus01, minus02, minus03) = (TLanes.Broadcast(-f.U01), TLanes.Broadcast(-f.U02), TLanes.Broadcast(-f.U03));
        var (minus12, minus13, minus23) = (TLanes.Broadcast(-f.U12), TLanes.Broadcast(-f.U13), TLanes.Broadcast(-f.U23));
        var column = from;
        for (; column + TLanes.Count <= to; column += TLanes.Count)
        {
            var x0 = TLanes.Multiply(TLanes.Load(r0 + column), scale0);
            TLanes.Store(x0, r0 + column);
            var x1 = TLanes.Multiply(TLanes.MultiplyAdd(minus01, x0, TLanes.Load(r1 + column)), scale1);
            TLanes.Store(x1, r1 + column);
            var x2 = TLanes.MultiplyAdd(minus12, x1, TLanes.MultiplyAdd(minus02, x0, TLanes.Load(r2 + column)));
            x2 = TLanes.Multiply(x2, scale2);
            TLanes.Store(x2, r2 + column);
            var x3 = TLanes.MultiplyAdd(minus13, x1, TLanes.MultiplyAdd(minus03, x0, TLanes.Load(r3 + column)));
            x3 = TLanes.Multiply(TLanes.MultiplyAdd(minus23, x2, x3), scale3);
            TLanes.Store(x3, r3 + column);
        }
        return column;
    }
}
