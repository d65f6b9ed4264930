namespace Kindred.Recipes.Evaluation;

/// <summary>
/// Metrics of one test user by the conventions of research: a hit at rank r is worth 1/log2(1 + r), and the ideal has all of the truth
/// at the top. Those of the service, which differ, are in <see cref="HitMetrics"/>.
/// </summary>
public static class RankMetrics
{
    /// <summary>Normalised discounted cumulative gain (Järvelin and Kekäläinen, TOIS 2002, with binary gains).</summary>
    /// <param name="ranks">Ranks of the truth, ascending, at least one.</param>
    /// <param name="cut">Places that count.</param>
    /// <returns>0..1.</returns>
    public static double Ndcg(ReadOnlySpan<int> ranks, int cut)
    {
        var (gain, ideal) = (0.0, 0.0);
        for (var i = 0; i < ranks.Length; i++)
        {
            gain += ranks[i] <= cut ? 1 / Math.Log2(1 + ranks[i]) : 0;
            ideal += i < cut ? 1 / Math.Log2(2 + i) : 0;
        }
        return gain / ideal;
    }

    /// <summary>1 when any of the truth is within the cut, else 0.</summary>
    public static double HitRate(ReadOnlySpan<int> ranks, int cut) => ranks[0] <= cut ? 1 : 0;

    /// <summary>Share of the truth within the cut.</summary>
    public static double Recall(ReadOnlySpan<int> ranks, int cut)
    {
        var hits = 0;
        while (hits < ranks.Length && ranks[hits] <= cut)
            hits++;
        return (double)hits / ranks.Length;
    }

    /// <summary>1 / rank of the first of the truth, however far down.</summary>
    public static double ReciprocalRank(ReadOnlySpan<int> ranks) => 1.0 / ranks[0];

    /// <summary>Mean of <see cref="Ndcg"/> when candidates are ranked by chance.</summary>
    /// <param name="truth">Number of items in the truth.</param>
    /// <param name="candidates">Number of items that are ranked.</param>
    /// <param name="cut">Places that count.</param>
    public static double RandomNdcg(int truth, int candidates, int cut)
    {
        var (places, ideal) = (0.0, 0.0);
        for (var place = 1; place <= Math.Min(cut, candidates); place++)
            places += 1 / Math.Log2(1 + place);
        for (var place = 1; place <= Math.Min(cut, truth); place++)
            ideal += 1 / Math.Log2(1 + place);
        return truth == 0 || candidates == 0 ? 0 : (double)truth / candidates * places / ideal;
    }
}
