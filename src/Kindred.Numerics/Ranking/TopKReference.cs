namespace Kindred.Numerics.Ranking;

/// <summary>Twin of <see cref="TopK"/>: sorts everything.</summary>
public static class TopKReference
{
    public static int[] Select(float[] scores, Func<int, bool> isExcluded, int count) =>
    [
        .. Enumerable.Range(0, scores.Length)
            .Where(index => scores[index] > float.NegativeInfinity && !isExcluded(index))
            .OrderByDescending(index => scores[index])
            .ThenBy(index => index)
            .Take(count),
    ];
}
