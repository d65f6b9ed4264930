using System.Runtime.CompilerServices;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Dense;

/// <summary>A tile of 6 rows and 4 registers: AVX-512 alone has enough of them.</summary>
internal readonly unsafe struct GemmTile6x4<TLanes, TVector> : IGemmTile
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    public static int Columns => 4 * TLanes.Count;

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
        TVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33, s40, s41, s42, s43, s50, s51, s52, s53;
        if (accumulate)
        {
            s00 = TLanes.Load(c0); s01 = TLanes.Load(c0 + TLanes.Count);
            s02 = TLanes.Load(c0 + 2 * TLanes.Count); s03 = TLanes.Load(c0 + 3 * TLanes.Count);
            s10 = TLanes.Load(c1); s11 = TLanes.Load(c1 + TLanes.Count);
            s12 = TLanes.Load(c1 + 2 * TLanes.Count); s13 = TLanes.Load(c1 + 3 * TLanes.Count);
            s20 = TLanes.Load(c2); s21 = TLanes.Load(c2 + TLanes.Count);
            s22 = TLanes.Load(c2 + 2 * TLanes.Count); s23 = TLanes.Load(c2 + 3 * TLanes.Count);
            s30 = TLanes.Load(c3); s31 = TLanes.Load(c3 + TLanes.Count);
            s32 = TLanes.Load(c3 + 2 * TLanes.Count); s33 = TLanes.Load(c3 + 3 * TLanes.Count);
            s40 = TLanes.Load(c4); s41 = TLanes.Load(c4 + TLanes.Count);
            s42 = TLanes.Load(c4 + 2 * TLanes.Count); s43 = TLanes.Load(c4 + 3 * TLanes.Count);
            s50 = TLanes.Load(c5); s51 = TLanes.Load(c5 + TLanes.Count);
            s52 = TLanes.Load(c5 + 2 * TLanes.Count); s53 = TLanes.Load(c5 + 3 * TLanes.Count);
        }
        else
        {
            s00 = s01 = s02 = s03 = s10 = s11 = s12 = s13 = s20 = s21 = s22 = s23 = TLanes.Broadcast(0);
            s30 = s31 = s32 = s33 = s40 = s41 = s42 = s43 = s50 = s51 = s52 = s53 = TLanes.Broadcast(0);
        }
        nint at = 0; // one offset for all rows: the address is base + offset, and nothing but it is added per step
        for (nint k = 0; k < depth; k++)
        {
            var b0 = TLanes.Load(b);
            var b1 = TLanes.Load(b + TLanes.Count);
            var b2 = TLanes.Load(b + 2 * TLanes.Count);
            var b3 = TLanes.Load(b + 3 * TLanes.Count);
            var x0 = TLanes.Broadcast(a0[at]);
            s00 = TLanes.MultiplyAdd(x0, b0, s00);
            s01 = TLanes.MultiplyAdd(x0, b1, s01);
            s02 = TLanes.MultiplyAdd(x0, b2, s02);
            s03 = TLanes.MultiplyAdd(x0, b3, s03);
            var x1 = TLanes.Broadcast(a1[at]);
            s10 = TLanes.MultiplyAdd(x1, b0, s10);
            s11 = TLanes.MultiplyAdd(x1, b1, s11);
            s12 = TLanes.MultiplyAdd(x1, b2, s12);
            s13 = TLanes.MultiplyAdd(x1, b3, s13);
            var x2 = TLanes.Broadcast(a2[at]);
            s20 = TLanes.MultiplyAdd(x2, b0, s20);
            s21 = TLanes.MultiplyAdd(x2, b1, s21);
            s22 = TLanes.MultiplyAdd(x2, b2, s22);
            s23 = TLanes.MultiplyAdd(x2, b3, s23);
            var x3 = TLanes.Broadcast(a3[at]);
            s30 = TLanes.MultiplyAdd(x3, b0, s30);
            s31 = TLanes.MultiplyAdd(x3, b1, s31);
            s32 = TLanes.MultiplyAdd(x3, b2, s32);
            s33 = TLanes.MultiplyAdd(x3, b3, s33);
            var x4 = TLanes.Broadcast(a4[at]);
            s40 = TLanes.MultiplyAdd(x4, b0, s40);
            s41 = TLanes.MultiplyAdd(x4, b1, s41);
            s42 = TLanes.MultiplyAdd(x4, b2, s42);
            s43 = TLanes.MultiplyAdd(x4, b3, s43);
            var x5 = TLanes.Broadcast(a5[at]);
            s50 = TLanes.MultiplyAdd(x5, b0, s50);
            s51 = TLanes.MultiplyAdd(x5, b1, s51);
            s52 = TLanes.MultiplyAdd(x5, b2, s52);
            s53 = TLanes.MultiplyAdd(x5, b3, s53);
            b += bRowStride;
            at += aColumnStride;
        }
        TLanes.Store(s00, c0); TLanes.Store(s01, c0 + TLanes.Count);
        TLanes.Store(s02, c0 + 2 * TLanes.Count); TLanes.Store(s03, c0 + 3 * TLanes.Count);
        TLanes.Store(s10, c1); TLanes.Store(s11, c1 + TLanes.Count);
        TLanes.Store(s12, c1 + 2 * TLanes.Count); TLanes.Store(s13, c1 + 3 * TLanes.Count);
        TLanes.Store(s20, c2); TLanes.Store(s21, c2 + TLanes.Count);
        TLanes.Store(s22, c2 + 2 * TLanes.Count); TLanes.Store(s23, c2 + 3 * TLanes.Count);
        TLanes.Store(s30, c3); TLanes.Store(s31, c3 + TLanes.Count);
        TLanes.Store(s32, c3 + 2 * TLanes.Count); TLanes.Store(s33, c3 + 3 * TLanes.Count);
        TLanes.Store(s40, c4); TLanes.Store(s41, c4 + TLanes.Count);
        TLanes.Store(s42, c4 + 2 * TLanes.Count); TLanes.Store(s43, c4 + 3 * TLanes.Count);
        TLanes.Store(s50, c5); TLanes.Store(s51, c5 + TLanes.Count);
        TLanes.Store(s52, c5 + 2 * TLanes.Count); TLanes.Store(s53, c5 + 3 * TLanes.Count);
    }
}
