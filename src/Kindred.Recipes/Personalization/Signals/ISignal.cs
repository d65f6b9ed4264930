namespace Kindred.Recipes.Personalization.Signals;

/// <summary>
/// One way of judging items by a history, as log-odds against popularity: log p(item) - log q(item), up to a constant of the history. On
/// that common scale a blend is a weighted sum. Thread-safe.
/// </summary>
internal interface ISignal
{
    /// <summary>For people, and for a blend to find its signal again.</summary>
    string Name { get; }

    /// <summary>The weight to believe in as long as the data says nothing else.</summary>
    float PriorWeight { get; }

    /// <summary>Whether it favours what the user did last, or what is popular now.</summary>
    bool IsRecency { get; }

    /// <summary>Adds weight · log-odds to the scores.</summary>
    /// <param name="history">The history; at least one step.</param>
    /// <param name="weight">Weight in the blend.</param>
    /// <param name="scratch">Of the calling thread.</param>
    /// <param name="scores">Added to, shape [items].</param>
    void Add(in HistoryView history, float weight, SignalScratch scratch, Span<float> scores);
}
