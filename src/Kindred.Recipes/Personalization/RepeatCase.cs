namespace Kindred.Recipes.Personalization;

/// <summary>What a held-out user says about items met before.</summary>
/// <param name="Features">Of each item of the history, shape [items, <see cref="RepeatBlend.Features"/>].</param>
/// <param name="Again">Places of those that came next.</param>
/// <param name="Repeats">Those of them that came as they had come before, see <see cref="Meeting.IsRepeatedBy"/>.</param>
/// <param name="BestNew">Scores of the best new items relative to all new ones, at most ten, descending.</param>
/// <param name="New">Such scores of the new items that came next, as far as they are among the best.</param>
/// <param name="Truth">How many items came next.</param>
/// <param name="Weight">How much it counts.</param>
internal sealed record RepeatCase(float[] Features, int[] Again, int[] Repeats, float[] BestNew, float[] New, int Truth, float Weight)
{
    public const int Cut = 10;

    public ReadOnlySpan<float> FeaturesOf(int place) => Features.AsSpan(place * RepeatBlend.Features, RepeatBlend.Features);

    public int Items => Features.Length / RepeatBlend.Features;

    /// <summary>
    /// NDCG@10 when items met before are placed by their scores, or come last. What was viewed and is bought now is no find: it was on its way.
    /// </summary>
    /// <param name="weights">Of the features; empty = they come last.</param>
    public double Gain(ReadOnlySpan<double> weights)
    {
        Span<double> met = weights.IsEmpty ? [] : Items <= 512 ? stackalloc double[Items] : new double[Items];
        for (var place = 0; place < met.Length; place++)
            met[place] = Logit(FeaturesOf(place), weights);
        var (gain, ideal) = (0.0, 0.0);
        foreach (var score in New)
            gain += Worth(1 + Above(BestNew, score) + Above(met, score));
        foreach (var place in Repeats)
            gain += Worth(1 + (met.IsEmpty ? BestNew.Length : Above(BestNew, met[place]) + Above(met, met[place])));
        for (var rank = 1; rank <= Math.Min(Cut, Truth); rank++)
            ideal += 1 / Math.Log2(1 + rank);
        return gain / ideal;
    }

    public static double Logit(ReadOnlySpan<float> features, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < features.Length; i++)
            sum += weights[i] * features[i];
        return sum;
    }

    private static double Worth(int rank) => rank <= Cut ? 1 / Math.Log2(1 + rank) : 0;

    private static int Above(ReadOnlySpan<float> scores, double score)
    {
        var count = 0;
        foreach (var other in scores)
            count += other > score ? 1 : 0;
        return count;
    }

    private static int Above(ReadOnlySpan<double> scores, double score)
    {
        var count = 0;
        foreach (var other in scores)
            count += other > score ? 1 : 0;
        return count;
    }
}
