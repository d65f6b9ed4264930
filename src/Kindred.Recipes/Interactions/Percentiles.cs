namespace Kindred.Recipes.Interactions;

/// <summary>Keeps what lies between two percentiles of a count, both inclusive.</summary>
internal static class Percentiles
{
    /// <summary>Which counts lie between their own percentiles. Zeros neither take part nor are kept.</summary>
    /// <param name="counts">Interactions per user or item.</param>
    /// <param name="least">0..1; 0 keeps the smallest.</param>
    /// <param name="greatest">0..1; 1 keeps the largest.</param>
    public static bool[] Between(ReadOnlySpan<int> counts, double least, double greatest)
    {
        var sorted = new List<int>(counts.Length);
        foreach (var count in counts)
        {
            if (count > 0)
                sorted.Add(count);
        }
        sorted.Sort();
        var kept = new bool[counts.Length];
        if (sorted.Count == 0)
            return kept;
        var (low, high) = (At(sorted, least), At(sorted, greatest));
        for (var i = 0; i < kept.Length; i++)
            kept[i] = counts[i] > 0 && counts[i] >= low && counts[i] <= high;
        return kept;
    }

    // Nearest rank, so a percentile is always a count that occurs and never empties the data.
    private static int At(List<int> sorted, double percentile) =>
        sorted[Math.Clamp((int)Math.Ceiling(percentile * sorted.Count) - 1, 0, sorted.Count - 1)];
}
