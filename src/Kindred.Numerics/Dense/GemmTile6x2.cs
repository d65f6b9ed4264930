using System.Runtime.CompilerServices;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Dense;

/// <summary>A tile of 6 rows and 2 registers: what 16 registers hold.</summary>
internal readonly unsafe struct GemmTile6x2<TLanes, TVector> : IGemmTile
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    public static int Columns => 2 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        int rows, nint depth, float* a, nint aRowStride, nint aColumnStride, float* b, nint bRowStride, float* c, nint cRowStride,
        bool accumulate)
    {
        // Missing rows repeat the last one: the same values are stored twice, and no edge needs code of its own.
        nint last = rows - 1;
        nint row1 = Math.Min(1, last);
        nint row2 = Math.Min(2, last);
        nint row3 = Math.Min(3, last);
        nint row4 = Math.Min(4, last);
        nint row5 = Math.Min(5, last);
        float* a0 = a;
        float* a1 = a + row1 * aRowStride;
        float* a2 = a + row2 * aRowStride;
        float* a3 = a + row3 * aRowStride;
        float* a4 = a + row4 * aRowStride;
        float* a5 = a + row5 * aRowStride;
        float* c0 = c;
        float* c1 = c + row1 * cRowStride;
        float* c2 = c + row2 * cRowStride;
        float* c3 = c + row3 * cRowStride;
        float* c4 = c + row4 * cRowStride;
        float* c5 = c + row5 * cRowStride;
        TVector s00, s01, s10, s11, s20, s21, s30, s31, s40, s41, s50, s51;
        if (accumulate)
        {
            s00 = TLanes.Load(c0); s01 = TLanes.Load(c0 + TLanes.Count);
            s10 = TLanes.Load(c1); s11 = TLanes.Load(c1 + TLanes.Count);
            s20 = TLanes.Load(c2); s21 = TLanes.Load(c2 + TLanes.Count);
            s30 = TLanes.Load(c3); s31 = TLanes.Load(c3 + TLanes.Count);
            s40 = TLanes.Load(c4); s41 = TLanes.Load(c4 + TLanes.Count);
            s50 = TLanes.Load(c5); s51 = TLanes.Load(c5 + TLanes.Count);
        }
        else
        {
            s00 = s01 = s10 = s11 = s20 = s21 = s30 = s31 = s40 = s41 = s50 = s51 = TLanes.Broadcast(0);
        }
        nint at = 0; // one offset for all rows: the address is base + offset, and nothing but it is added per step
        for (nint k = 0; k < depth; k++)
        {
            var b0 = TLanes.Load(b);
            var b1 = TLanes.Load(b + TLanes.Count);
            var x0 = TLanes.Broadcast(a0[at]);
            s00 = TLanes.MultiplyAdd(x0, b0, s00);
            s01 = TLanes.MultiplyAdd(x0, b1, s01);
            var x1 = TLanes.Broadcast(a1[at]);
            s10 = TLanes.MultiplyAdd(x1, b0, s10);
            s11 = TLanes.MultiplyAdd(x1, b1, s11);
            var x2 = TLanes.Broadcast(a2[at]);
            s20 = TLanes.MultiplyAdd(x2, b0, s20);
            s21 = TLanes.MultiplyAdd(x2, b1, s21);
            var x3 = TLanes.Broadcast(a3[at]);
            s30 = TLanes.MultiplyAdd(x3, b0, s30);
            s31 = TLanes.MultiplyAdd(x3, b1, s31);
            var x4 = TLanes.Broadcast(a4[at]);
            s40 = TLanes.MultiplyAdd(x4, b0, s40);
            s41 = TLanes.MultiplyAdd(x4, b1, s41);
            var x5 = TLanes.Broadcast(a5[at]);
            s50 = TLanes.MultiplyAdd(x5, b0, s50);
            s51 = TLanes.MultiplyAdd(x5, b1, s51);
            b += bRowStride;
            at += aColumnStride;
        }
        TLanes.Store(s00, c0); TLanes.Store(s01, c0 + TLanes.Count);
        TLanes.Store(s10, c1); TLanes.Store(s11, c1 + TLanes.Count);
        TLanes.Store(s20, c2); TLanes.Store(s21, c2 + TLanes.Count);
        TLanes.Store(s30, c3); TLanes.Store(s31, c3 + TLanes.Count);
        TLanes.Store(s40, c4); TLanes.Store(s41, c4 + TLanes.Count);
        TLanes.Store(s50, c5); TLanes.Store(s51, c5 + TLanes.Count);
    }
}
