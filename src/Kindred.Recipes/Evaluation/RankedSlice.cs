namespace Kindred.Recipes.Evaluation;

/// <summary>Where a model put the truth of each test user.</summary>
/// <param name="Ranks">For each case the ranks of its truth, ascending; 1 is best.</param>
/// <param name="ShownItems">Different items among the first ten of any case.</param>
/// <param name="CandidateCount">Items that could be shown.</param>
public sealed record RankedSlice(IReadOnlyList<int[]> Ranks, int ShownItems, int CandidateCount)
{
    /// <summary>Share of the candidates that anybody is shown among the first ten.</summary>
    public double Coverage => CandidateCount == 0 ? 0 : (double)ShownItems / CandidateCount;
}
