namespace Kindred.Recipes.Personalization;

/// <summary>
/// Weights in log-probability space: score = Σ w(signal) · (log p(signal) - log q) + popularity · log q, up to a constant of the history.
/// </summary>
/// <param name="Signals">A weight of at least 0 per signal.</param>
/// <param name="Popularity">
/// Weight of log q. Σ <paramref name="Signals"/> leaves each signal's probability as it is; less favours unpopular items.
/// </param>
internal sealed record Blend(float[] Signals, float Popularity)
{
    /// <summary>The weight of a signal; of popularity after the last.</summary>
    public float this[int signal] => signal < Signals.Length ? Signals[signal] : Popularity;

    /// <summary>The same blend with another weight of one signal, or of popularity.</summary>
    public Blend With(int signal, float weight)
    {
        if (signal == Signals.Length)
            return this with { Popularity = weight };
        var signals = (float[])Signals.Clone();
        signals[signal] = weight;
        return this with { Signals = signals };
    }

    /// <summary>The same weights without the other signals.</summary>
    public Blend Of(int[] signals) => this with { Signals = [.. signals.Select(signal => Signals[signal])] };

    /// <summary>What is used without anything to choose by.</summary>
    public static Blend PopularityAlone(int signals) => new(new float[signals], 1);

    /// <summary>One signal as it is.</summary>
    public static Blend Single(int signals, int signal)
    {
        var weights = new float[signals];
        weights[signal] = 1;
        return new Blend(weights, 1);
    }
}
