using Kindred.Numerics.Probability;
using Kindred.Numerics.Sparse;

namespace Kindred.Recipes.Members;

/// <summary>How a user's history is looked at through a sparse item-to-item matrix.</summary>
/// <param name="Length">Newest steps that count.</param>
/// <param name="Decay">Weight of a step relative to the next newer one.</param>
internal readonly record struct View(int Length, double Decay)
{
    /// <summary>Share of the probability that goes by popularity, also to items the history says nothing about.</summary>
    public const float Smoothing = 0.05f;

    /// <summary>Newest steps that a view may count, at most.</summary>
    public const int MaxLength = 500;

    private const int BlockLength = 512;

    /// <summary>Adds the rows of the newest steps to <paramref name="sums"/>: Σ decay^age · row(item).</summary>
    /// <param name="rows">Item-to-item matrix.</param>
    /// <param name="steps">Items, oldest first, no item twice in a row.</param>
    /// <param name="sums">Receives the sums.</param>
    public void Accumulate(SparseRows rows, ReadOnlySpan<int> steps, RowAccumulator sums)
    {
        var weight = 1.0;
        for (var i = steps.Length - 1; i >= 0 && i >= steps.Length - Length; i--)
        {
            rows.Row(steps[i], out var columns, out var values);
            sums.AddScaled(columns, values, (float)weight);
            weight *= Decay;
        }
    }

    /// <summary>
    /// Adds weight · log(p(item) / (λ·q(item))) to the scores of the touched items, where p = (1-λ)·s/Σs + λ·q mixes the sums with the
    /// popularity q. For every other item that logarithm is 0, so a catalogue costs no more than what the history touches. Clears the sums.
    /// </summary>
    /// <param name="sums">Σ decay^age · row(item) of a history.</param>
    /// <param name="inverseShares">1/q of each item, shape [items].</param>
    /// <param name="weight">Weight of this view in the blend.</param>
    /// <param name="scores">Added to, shape [items].</param>
    public static void AddLogOdds(RowAccumulator sums, ReadOnlySpan<float> inverseShares, float weight, Span<float> scores)
    {
        var total = sums.Sum();
        if (total > 0)
        {
            var scale = (float)((1 - Smoothing) / (Smoothing * total));
            Span<float> block = stackalloc float[BlockLength];
            for (var rest = sums.Touched; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
                AddBlock(rest[..Math.Min(BlockLength, rest.Length)], sums, inverseShares, scale, weight, scores, block);
        }
        sums.Clear();
    }

    // Gathered, so that the logarithm runs over whole vectors: it was nearly all of the time of a recommendation.
    private static void AddBlock(
        ReadOnlySpan<int> items, RowAccumulator sums, ReadOnlySpan<float> inverseShares,
        float scale, float weight, Span<float> scores, Span<float> block)
    {
        var odds = block[..items.Length];
        for (var i = 0; i < items.Length; i++)
            odds[i] = scale * sums[items[i]] * inverseShares[items[i]];
        LogOnePlus.Compute(odds, odds);
        for (var i = 0; i < items.Length; i++)
            scores[items[i]] += weight * odds[i];
    }
}
