using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>A trained member of the ensemble with the signals that it gives.</summary>
internal interface IPart
{
    IReadOnlyList<ISignal> Signals { get; }

    /// <summary>Adds Σ weight · log-odds of all signals to the scores.</summary>
    /// <param name="history">The history; at least one step.</param>
    /// <param name="weights">Weight of each signal, at least 0.</param>
    /// <param name="scratch">Of the calling thread.</param>
    /// <param name="scores">Added to, shape [items].</param>
    void Add(in HistoryView history, ReadOnlySpan<float> weights, SignalScratch scratch, Span<float> scores)
    {
        for (var signal = 0; signal < weights.Length; signal++)
        {
            if (weights[signal] > 0)
                Signals[signal].Add(history, weights[signal], scratch, scores);
        }
    }

    /// <summary>Adds the log-odds of each signal to scores of its own.</summary>
    /// <param name="history">The history; at least one step.</param>
    /// <param name="scratch">Of the calling thread.</param>
    /// <param name="columns">Added to, shape [signals][items].</param>
    void AddEach(in HistoryView history, SignalScratch scratch, ReadOnlySpan<float[]> columns)
    {
        for (var signal = 0; signal < columns.Length; signal++)
            Signals[signal].Add(history, 1, scratch, columns[signal]);
    }

    /// <summary>The same member, judged against another popularity.</summary>
    IPart With(ItemShares shares);

    /// <summary>Adds the member's tensors, each name beginning with <paramref name="prefix"/>.</summary>
    void Write(ArtifactWriter writer, string prefix);
}
