using System.Runtime.CompilerServices;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Linear;

/// <summary>The inner loop of a Cholesky factorisation by rows: a row of U less what the rows above it explain.</summary>
internal static unsafe class CholeskyRows<TLanes, TVector>
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <summary>a[row, from..to) -= Σ_{k &lt; row} a[k, row] · a[k, from..to), a chain of fused multiply-adds in ascending k for each element.</summary>
    /// <returns>The first column that is left over: fewer than a register of them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Reduce(float* a, nint stride, int row, int from, int to)
    {
        var column = from;
        for (; column + 4 * TLanes.Count <= to; column += 4 * TLanes.Count)
        {
            var target = a + row * stride + column;
            var (s0, s1) = (TLanes.Load(target), TLanes.Load(target + TLanes.Count));
            var (s2, s3) = (TLanes.Load(target + 2 * TLanes.Count), TLanes.Load(target + 3 * TLanes.Count));
            float* factor = a + row, above = a + column;
            for (var k = 0; k < row; k++, factor += stride, above += stride)
            {
                var x = TLanes.Broadcast(-*factor);
                s0 = TLanes.MultiplyAdd(x, TLanes.Load(above), s0);
                s1 = TLanes.MultiplyAdd(x, TLanes.Load(above + TLanes.Count), s1);
                s2 = TLanes.MultiplyAdd(x, TLanes.Load(above + 2 * TLanes.Count), s2);
                s3 = TLanes.MultiplyAdd(x, TLanes.Load(above + 3 * TLanes.Count), s3);
            }
            TLanes.Store(s0, target);
            TLanes.Store(s1, target + TLanes.Count);
            TLanes.Store(s2, target + 2 * TLanes.Count);
            TLanes.Store(s3, target + 3 * TLanes.Count);
        }
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
}
