using Kindred.Numerics.Sparse;

namespace Kindred.Recipes.Members;

/// <summary>How a user's history is looked at through a sparse item-to-item matrix.</summary>
/// <param name="Length">Newest steps that count.</param>
/// <param name="Decay">Weight of a step relative to the next newer one.</param>
internal readonly record struct View(int Length, double Decay)
{
    /// <summary>Share of the probability that goes by popularity, also to items the history says nothing about.</summary>
    public const float Smoothing = 0.05f;

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
    public static void AddLogOdds(RowAccumulator sums, ReadOnlySpan<float> logShares, float weight, Span<float> scores)
    {
        var total = sums.Sum();
        if (total > 0)
        {
            var scale = (1 - Smoothing) / (Smoothing * total);
            foreach (var item in sums.Touched)
                scores[item] += weight * (float)Math.Log(1 + scale * sums[item] / Math.Exp(logShares[item]));
        }
        sums.Clear();
    }
}
