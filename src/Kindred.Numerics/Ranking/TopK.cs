using System.Numerics;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Ranking;

/// <summary>Finds the best-scored indices. Twin: <see cref="TopKReference"/>.</summary>
public static class TopK
{
    private const int VectorsAtOnce = 4;

    /// <summary>Finds the indices of the highest scores, best first; equal scores by ascending index.</summary>
    /// <param name="scores">Unitless; NaN and negative infinity are never selected.</param>
    /// <param name="excluded">A bit per index, 1 = never selected, shape [ceil(scores / 64)]; empty = none excluded.</param>
    /// <param name="best">Receives the indices; its length is the most that are wanted.</param>
    /// <returns>How many were found.</returns>
    /// <exception cref="ArgumentException">The bitmap is too short for the scores.</exception>
    /// <remarks>Allocates nothing up to 1,024 wanted. Scans for scores above the least kept one, four vectors at a time.</remarks>
    public static int Select(ReadOnlySpan<float> scores, ReadOnlySpan<ulong> excluded, Span<int> best)
    {
        if (!excluded.IsEmpty && excluded.Length < (scores.Length + 63) / 64)
            throw new ArgumentException($"The bitmap has {excluded.Length} words for {scores.Length} scores.", nameof(excluded));
        if (best.IsEmpty)
            return 0;
        Span<float> kept = best.Length <= 1024 ? stackalloc float[best.Length] : new float[best.Length];
        var heap = new BestHeap(kept, best);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var (lanes, v) = (Vector<float>.Count, 0);
        for (var least = new Vector<float>(heap.Threshold); v <= vectors.Length - VectorsAtOnce; v += VectorsAtOnce)
        {
            // NaN compares false, so it falls out here like everything that is not better than the least kept score.
            var isBetter = Vector.GreaterThan(vectors[v], least) | Vector.GreaterThan(vectors[v + 1], least)
                | Vector.GreaterThan(vectors[v + 2], least) | Vector.GreaterThan(vectors[v + 3], least);
            if (isBetter == Vector<int>.Zero)
                continue;
            Add(scores.Slice(v * lanes, VectorsAtOnce * lanes), v * lanes, excluded, ref heap);
            least = new Vector<float>(heap.Threshold);
        }
        Add(scores[(v * lanes)..], v * lanes, excluded, ref heap);
        return heap.Drain();
    }

    private static void Add(ReadOnlySpan<float> scores, int start, ReadOnlySpan<ulong> excluded, ref BestHeap heap)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            var index = start + i;
            if (scores[i] > heap.Threshold && (excluded.IsEmpty || (excluded[index >> 6] >> (index & 63) & 1) == 0))
                heap.Add(scores[i], index);
        }
    }
}
