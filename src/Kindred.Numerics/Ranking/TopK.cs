using System.Numerics;
using System.Runtime.InteropServices;

namespace Kindred.Numerics.Ranking;

/// <summary>Finds the best-scored indices. Twin: <see cref="TopKReference"/>.</summary>
public static class TopK
{
    /// <summary>Finds the indices of the highest scores, best first; equal scores by ascending index.</summary>
    /// <param name="scores">Unitless; NaN and negative infinity are never selected.</param>
    /// <param name="excluded">A bit per index, 1 = never selected, shape [ceil(scores / 64)]; empty = none excluded.</param>
    /// <param name="best">Receives the indices; its length is the most that are wanted.</param>
    /// <returns>How many were found.</returns>
    /// <exception cref="ArgumentException">The bitmap is too short for the scores.</exception>
    /// <remarks>Allocates nothing up to 1,024 wanted. Scans for scores above the least kept one, a vector at a time.</remarks>
    public static int Select(ReadOnlySpan<float> scores, ReadOnlySpan<ulong> excluded, Span<int> best)
    {
        if (!excluded.IsEmpty && excluded.Length < (scores.Length + 63) / 64)
            throw new ArgumentException($"The bitmap has {excluded.Length} words for {scores.Length} scores.", nameof(excluded));
        if (best.IsEmpty)
            return 0;
        Span<float> kept = best.Length <= 1024 ? stackalloc float[best.Length] : new float[best.Length];
        var heap = new Heap(kept, best);
        var lanes = Vector<float>.Count;
        var i = 0;
        foreach (var vector in MemoryMarshal.Cast<float, Vector<float>>(scores))
        {
            // NaN compares false, so it falls out here like everything that is not better than the least kept score.
            if (Vector.GreaterThanAny(vector, new Vector<float>(heap.Threshold)))
                Offer(scores.Slice(i, lanes), i, excluded, ref heap);
            i += lanes;
        }
        Offer(scores[i..], i, excluded, ref heap);
        return heap.Drain();
    }

    private static void Offer(ReadOnlySpan<float> scores, int start, ReadOnlySpan<ulong> excluded, ref Heap heap)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            var index = start + i;
            if (scores[i] > heap.Threshold && (excluded.IsEmpty || (excluded[index >> 6] >> (index & 63) & 1) == 0))
                heap.Offer(scores[i], index);
        }
    }

    /// <summary>A heap with the worst kept entry on top. Later indices lose ties, so only a greater score displaces the top.</summary>
    private ref struct Heap(Span<float> scores, Span<int> indices)
    {
        private readonly Span<float> _scores = scores;
        private readonly Span<int> _indices = indices;
        private int _count;

        /// <summary>A score must be above this to be kept.</summary>
        public float Threshold = float.NegativeInfinity;

        public void Offer(float score, int index)
        {
            if (_count < _scores.Length)
            {
                Up(_count++, score, index);
            }
            else
            {
                Down(0, score, index);
            }
            if (_count == _scores.Length)
                Threshold = _scores[0];
        }

        public int Drain()
        {
            var found = _count;
            while (_count > 0)
            {
                var (score, index) = (_scores[0], _indices[0]);
                _count--;
                if (_count > 0)
                    Down(0, _scores[_count], _indices[_count]);
                (_scores[_count], _indices[_count]) = (score, index);
            }
            return found;
        }

        private readonly bool IsWorse(float score, int index, int place) =>
            score < _scores[place] || (score == _scores[place] && index > _indices[place]);

        private void Up(int place, float score, int index)
        {
            for (int parent; place > 0 && IsWorse(score, index, parent = (place - 1) / 2); place = parent)
                (_scores[place], _indices[place]) = (_scores[parent], _indices[parent]);
            (_scores[place], _indices[place]) = (score, index);
        }

        private void Down(int place, float score, int index)
        {
            for (int child; (child = 2 * place + 1) < _count; place = child)
            {
                if (child + 1 < _count && IsWorse(_scores[child + 1], _indices[child + 1], child))
                    child++;
                if (IsWorse(score, index, child))
                    break;
                (_scores[place], _indices[place]) = (_scores[child], _indices[child]);
            }
            (_scores[place], _indices[place]) = (score, index);
        }
    }
}
