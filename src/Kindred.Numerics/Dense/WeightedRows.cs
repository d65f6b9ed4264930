using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kindred.Numerics.Lanes;

namespace Kindred.Numerics.Dense;

/// <summary>Sums of the rows of a matrix, each times a weight: the product of a vector, of which much may be 0, with a matrix.
/// Twin: <see cref="WeightedRowsReference"/>.</summary>
/// <remarks>
/// An element is one chain of fused multiply-adds in the order of the rows, at every vector width: the bits are those of <see cref="Gemm"/>
/// for one row, since a weight of 0 adds nothing to a finite row. |error| ≤ rows·ε·Σ|w·y| (Higham, Accuracy and Stability of Numerical
/// Algorithms, 2nd ed., §3.1). Allocates nothing.
/// </remarks>
public static unsafe class WeightedRows
{
    private const int Together = 512; // indices on the stack

    /// <summary>Columns from which on rows are read one after the other, and not a few columns of all of them at a time.</summary>
    private const int Wide = 1024;

    /// <summary>sums += Σ weights[i] · row i, without reading rows of weight 0.</summary>
    /// <param name="rows">Row-major; rows start <paramref name="stride"/> floats apart.</param>
    /// <param name="stride">At least the length of the sums.</param>
    /// <param name="weights">One per row.</param>
    /// <param name="sums">Added to, shape [columns].</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void Add(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> weights, Span<float> sums) =>
        Add(Simd.Width, rows, stride, weights, sums);

    /// <summary>sums += Σ weights[i] · row chosen[i].</summary>
    /// <param name="rows">Row-major; rows start <paramref name="stride"/> floats apart.</param>
    /// <param name="stride">At least the length of the sums.</param>
    /// <param name="chosen">Rows that take part, in the order of the sum.</param>
    /// <param name="weights">Their weights, as many.</param>
    /// <param name="sums">Added to, shape [columns].</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static void Add(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<int> chosen, ReadOnlySpan<float> weights, Span<float> sums) =>
        Add(Simd.Width, rows, stride, chosen, weights, sums);

    [SkipLocalsInit]
    internal static void Add(SimdWidth width, ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> weights, Span<float> sums)
    {
        CheckRows(rows.Length, stride, weights.Length, sums.Length);
        Span<int> chosen = stackalloc int[Together];
        Span<float> present = stackalloc float[Together];
        for (var from = 0; from < weights.Length; from += Together)
        {
            var count = FindPresent(width, weights.Slice(from, Math.Min(Together, weights.Length - from)), from, chosen, present);
            Run(width, rows, stride, chosen[..count], present, sums);
        }
    }

    internal static void Add(
        SimdWidth width, ReadOnlySpan<float> rows, int stride, ReadOnlySpan<int> chosen, ReadOnlySpan<float> weights, Span<float> sums)
    {
        Shapes.ThrowIfDifferent(weights.Length, chosen.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, sums.Length);
        if (sums.IsEmpty)
            return;
        var count = (rows.Length + stride - sums.Length) / stride;
        if (!chosen.IsEmpty && chosen.ContainsAnyExceptInRange(0, count - 1))
            throw new ArgumentOutOfRangeException(nameof(chosen), $"Rows 0 to {count - 1} were expected.");
        Run(width, rows, stride, chosen, weights, sums);
    }

    private static int FindPresent(SimdWidth width, ReadOnlySpan<float> weights, int from, Span<int> chosen, Span<float> present)
    {
        var (count, i) = (0, 0);
        for (; width != SimdWidth.Scalar && i <= weights.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var zeros = Vector256.Equals(Vector256.LoadUnsafe(in weights[i]), Vector256<float>.Zero).ExtractMostSignificantBits();
            for (var rest = ~zeros & 0xff; rest != 0; rest &= rest - 1)
            {
                var at = i + BitOperations.TrailingZeroCount(rest);
                (chosen[count], present[count++]) = (from + at, weights[at]);
            }
        }
        for (; i < weights.Length; i++)
        {
            if (weights[i] != 0)
                (chosen[count], present[count++]) = (from + i, weights[i]);
        }
        return count;
    }

    private static void Run(
        SimdWidth width, ReadOnlySpan<float> rows, int stride, ReadOnlySpan<int> chosen, ReadOnlySpan<float> weights, Span<float> sums)
    {
        fixed (float* table = rows, w = weights, s = sums)
        fixed (int* index = chosen)
        {
            switch (width)
            {
                case SimdWidth.Vector512:
                    Run<Lanes512, Vector512<float>>(table, stride, index, w, chosen.Length, s, sums.Length);
                    break;
                case SimdWidth.Vector256:
                    Run<Lanes256, Vector256<float>>(table, stride, index, w, chosen.Length, s, sums.Length);
                    break;
                default:
                    Run<LanesScalar, float>(table, stride, index, w, chosen.Length, s, sums.Length);
                    break;
            }
        }
    }

    private static void Run<TLanes, TVector>(float* rows, nint stride, int* chosen, float* weights, int count, float* sums, int columns)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var done = 0;
        if (columns >= Wide)
        {
            for (; done <= count - 4; done += 4)
                AddFour<TLanes, TVector>(rows, stride, chosen + done, weights + done, sums, columns);
            chosen += done;
            weights += done;
            count -= done;
        }
        // Eight sums stay in registers while the rows go by: the chains of fewer would wait for each other.
        for (; columns >= 8 * TLanes.Count; columns -= 8 * TLanes.Count, rows += 8 * TLanes.Count, sums += 8 * TLanes.Count)
            Add8<TLanes, TVector>(rows, stride, chosen, weights, count, sums);
        for (; columns >= TLanes.Count; columns -= TLanes.Count, rows += TLanes.Count, sums += TLanes.Count)
            Add1<TLanes, TVector>(rows, stride, chosen, weights, count, sums);
        if (columns == 0)
            return;
        var part = TLanes.LoadPart(sums, columns);
        for (var i = 0; i < count; i++)
            part = TLanes.MultiplyAdd(TLanes.Broadcast(weights[i]), TLanes.LoadPart(rows + chosen[i] * stride, columns), part);
        TLanes.StorePart(part, sums, columns);
    }

    /// <summary>Four whole rows side by side, the sums in the first cache level: rows that lie apart in memory are read as streams.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFour<TLanes, TVector>(float* rows, nint stride, int* chosen, float* weights, float* sums, int columns)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        float* r0 = rows + chosen[0] * stride, r1 = rows + chosen[1] * stride, r2 = rows + chosen[2] * stride, r3 = rows + chosen[3] * stride;
        var (w0, w1) = (TLanes.Broadcast(weights[0]), TLanes.Broadcast(weights[1]));
        var (w2, w3) = (TLanes.Broadcast(weights[2]), TLanes.Broadcast(weights[3]));
        nint i = 0;
        for (; i <= columns - TLanes.Count; i += TLanes.Count)
        {
            var sum = TLanes.MultiplyAdd(w0, TLanes.Load(r0 + i), TLanes.Load(sums + i));
            sum = TLanes.MultiplyAdd(w1, TLanes.Load(r1 + i), sum);
            sum = TLanes.MultiplyAdd(w2, TLanes.Load(r2 + i), sum);
            TLanes.Store(TLanes.MultiplyAdd(w3, TLanes.Load(r3 + i), sum), sums + i);
        }
        for (; i < columns; i++)
        {
            var sum = MathF.FusedMultiplyAdd(weights[0], r0[i], sums[i]);
            sum = MathF.FusedMultiplyAdd(weights[1], r1[i], sum);
            sum = MathF.FusedMultiplyAdd(weights[2], r2[i], sum);
            sums[i] = MathF.FusedMultiplyAdd(weights[3], r3[i], sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add8<TLanes, TVector>(float* rows, nint stride, int* chosen, float* weights, int count, float* sums)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var (s0, s1, s2, s3) = (
            TLanes.Load(sums), TLanes.Load(sums + TLanes.Count), TLanes.Load(sums + 2 * TLanes.Count), TLanes.Load(sums + 3 * TLanes.Count));
        float* half = sums + 4 * TLanes.Count;
        var (s4, s5, s6, s7) = (
            TLanes.Load(half), TLanes.Load(half + TLanes.Count), TLanes.Load(half + 2 * TLanes.Count), TLanes.Load(half + 3 * TLanes.Count));
        for (var i = 0; i < count; i++)
        {
            var row = rows + chosen[i] * stride;
            var weight = TLanes.Broadcast(weights[i]);
            s0 = TLanes.MultiplyAdd(weight, TLanes.Load(row), s0);
            s1 = TLanes.MultiplyAdd(weight, TLanes.Load(row + TLanes.Count), s1);
            s2 = TLanes.MultiplyAdd(weight, TLanes.Load(row + 2 * TLanes.Count), s2);
            s3 = TLanes.MultiplyAdd(weight, TLanes.Load(row + 3 * TLanes.Count), s3);
            s4 = TLanes.MultiplyAdd(weight, TLanes.Load(row + 4 * TLanes.Count), s4);
            s5 = TLanes.MultiplyAdd(weight, TLanes.Load(row + 5 * TLanes.Count), s5);
            s6 = TLanes.MultiplyAdd(weight, TLanes.Load(row + 6 * TLanes.Count), s6);
            s7 = TLanes.MultiplyAdd(weight, TLanes.Load(row + 7 * TLanes.Count), s7);
        }
        TLanes.Store(s0, sums);
        TLanes.Store(s1, sums + TLanes.Count);
        TLanes.Store(s2, sums + 2 * TLanes.Count);
        TLanes.Store(s3, sums + 3 * TLanes.Count);
        TLanes.Store(s4, half);
        TLanes.Store(s5, half + TLanes.Count);
        TLanes.Store(s6, half + 2 * TLanes.Count);
        TLanes.Store(s7, half + 3 * TLanes.Count);
    }

    private static void Add1<TLanes, TVector>(float* rows, nint stride, int* chosen, float* weights, int count, float* sums)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        var sum = TLanes.Load(sums);
        for (var i = 0; i < count; i++)
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(weights[i]), TLanes.Load(rows + chosen[i] * stride), sum);
        TLanes.Store(sum, sums);
    }

    private static void CheckRows(int length, int stride, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, columns);
        if (rows > 0 && length < (long)(rows - 1) * stride + columns)
            throw new ArgumentException($"{length} floats do not hold {rows} x {columns} with a row stride of {stride}.");
    }
}
