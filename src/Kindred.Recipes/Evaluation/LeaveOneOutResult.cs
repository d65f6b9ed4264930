namespace Kindred.Recipes.Evaluation;

/// <summary>What the leave-one-out protocol measured, by the conventions of research.</summary>
/// <param name="Ndcg10">Mean of 1/log2(1 + rank) for ranks up to 10.</param>
/// <param name="HitRate10">Share of targets with rank up to 10.</param>
/// <param name="Cases">Number of targets.</param>
public readonly record struct LeaveOneOutResult(double Ndcg10, double HitRate10, int Cases)
{
    public static LeaveOneOutResult Of(ReadOnlySpan<int> ranks)
    {
        var (ndcg, hits) = (0.0, 0);
        foreach (var rank in ranks)
        {
            if (rank > 10)
                continue;
            ndcg += 1 / Math.Log2(1 + rank);
            hits++;
        }
        return ranks.IsEmpty ? default : new LeaveOneOutResult(ndcg / ranks.Length, (double)hits / ranks.Length, ranks.Length);
    }
}
