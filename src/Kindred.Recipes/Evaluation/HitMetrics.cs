namespace Kindred.Recipes.Evaluation;

/// <summary>Metrics of one user's list as GetSolutionMetrics defines them: weight 1/ln(1 + rank), ideal = the list's own hits at its top.</summary>
public static class HitMetrics
{
    /// <summary>Normalised discounted cumulative gain of the first <paramref name="count"/> places.</summary>
    /// <param name="rewards">Reward of each place, best place first; 0 = no hit.</param>
    /// <param name="count">Places that count.</param>
    /// <returns>0..1; 0 without a hit. Hits at ranks 2 and 5 give 0.6241 at 5.</returns>
    public static double Ndcg(ReadOnlySpan<double> rewards, int count)
    {
        Span<double> ideal = stackalloc double[Math.Min(count, rewards.Length)];
        rewards[..ideal.Length].CopyTo(ideal);
        var gain = Gain(ideal);
        ideal.Sort((x, y) => y.CompareTo(x));
        return gain > 0 ? gain / Gain(ideal) : 0;
    }

    /// <summary>Hits in the first <paramref name="count"/> places over that number, however short the list.</summary>
    public static double Precision(ReadOnlySpan<double> rewards, int count) =>
        (double)Hits(rewards[..Math.Min(count, rewards.Length)]) / count;

    /// <summary>1 / rank of the first hit; 0 without one.</summary>
    public static double ReciprocalRank(ReadOnlySpan<double> rewards) =>
        rewards.IndexOfAnyExcept(0) is var first and >= 0 ? 1.0 / (first + 1) : 0;

    private static int Hits(ReadOnlySpan<double> rewards) => rewards.Length - rewards.Count(0);

    private static double Gain(ReadOnlySpan<double> rewards)
    {
        var gain = 0.0;
        for (var i = 0; i < rewards.Length; i++)
            gain += rewards[i] / Math.Log(2 + i);
        return gain;
    }
}
