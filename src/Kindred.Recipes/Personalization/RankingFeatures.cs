using System.Numerics.Tensors;

namespace Kindred.Recipes.Personalization;

/// <summary>What the re-ranker sees of a candidate: how it stands among the other candidates under the blend and under each signal, how
/// popular and how old it is, and what kind of history it is for.</summary>
/// <param name="signals">The signals of the blend that have a weight.</param>
/// <param name="firstTimes">Epoch seconds of each item's first interaction, shape [items].</param>
internal sealed class RankingFeatures(int[] signals, ReadOnlyMemory<long> firstTimes)
{
    private const int Common = 7;

    /// <summary>Features of a candidate.</summary>
    public int Count => Common + signals.Length;

    /// <summary>The signals that are looked at, as indices into those of the ensemble.</summary>
    public ReadOnlySpan<int> Signals => signals;

    public ReadOnlyMemory<long> FirstTimes => firstTimes;

    /// <summary>Writes the features of all candidates of a history.</summary>
    /// <param name="items">The candidates, best first under the blend.</param>
    /// <param name="scores">Their scores under the blend.</param>
    /// <param name="logShares">Their log q.</param>
    /// <param name="odds">What each looked-at signal says about them, shape [signals, candidates].</param>
    /// <param name="context">The history.</param>
    /// <param name="rows">Receives the features, row-major, shape [candidates, Count].</param>
    public void Write(
        ReadOnlySpan<int> items, ReadOnlySpan<float> scores, ReadOnlySpan<float> logShares,
        Span<float> odds, in RankingContext context, Span<float> rows)
    {
        var lead = scores[0] - scores[Math.Min(9, scores.Length - 1)];
        for (var signal = 0; signal < signals.Length; signal++)
        {
            // log p = odds + log q, against the candidate that the signal likes best.
            var own = odds.Slice(signal * items.Length, items.Length);
            TensorPrimitives.Add(own, logShares, own);
            TensorPrimitives.Subtract(own, TensorPrimitives.Max<float>(own), own);
        }
        for (var i = 0; i < items.Length; i++)
        {
            var row = rows.Slice(i * Count, Count);
            row[0] = scores[i] - scores[0];
            row[1] = MathF.Log2(1 + i);
            row[2] = logShares[i];
            row[3] = AgeOf(items[i], context.Now);
            row[4] = MathF.Log2(1 + context.Length);
            row[5] = MathF.Log2(1 + Math.Clamp(context.Now - context.Before, 0, int.MaxValue));
            row[6] = lead;
            for (var signal = 0; signal < signals.Length; signal++)
                row[Common + signal] = odds[signal * items.Length + i];
        }
    }

    // Hours, as a logarithm; nobody has met an item that is younger than the history.
    private float AgeOf(int item, long now)
    {
        var first = firstTimes.Span[item];
        return first > now ? -1 : MathF.Log2(1 + (now - first) / 3600f);
    }
}
