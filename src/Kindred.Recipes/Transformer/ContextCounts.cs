using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>Which values of a column of context are features, and how many interactions have each.</summary>
/// <param name="Column">The features, from 0 on.</param>
/// <param name="Counts">Interactions with each.</param>
internal sealed record ContextCounts(ContextFeatureColumn Column, int[] Counts)
{
    private const int LeastCount = 10;
    private const int MaxValues = 1000;
    private const int MaxSample = 1 << 20;
    private const float HalfKnown = 50;

    /// <summary>How much a feature weighs.</summary>
    public float WeightOf(int value) => Counts[value] / (Counts[value] + HalfKnown);

    /// <summary>Counts a column; null when it can say nothing: one value everywhere, or none that is frequent.</summary>
    /// <param name="log">Interactions.</param>
    /// <param name="column">Of the log.</param>
    /// <param name="known">What an older model knows of the column, which stays; null = nothing.</param>
    public static ContextCounts? Of(InteractionLog log, ContextColumn column, ContextFeatureColumn? known) =>
        column.Cells is { } cells ? OfCategories(log, column, cells, known) : OfNumbers(log, column, known);

    private static ContextCounts? OfCategories(InteractionLog log, ContextColumn column, IReadOnlyList<string> cells, ContextFeatureColumn? known)
    {
        var ofCells = new int[cells.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
                ofCells[code]++;
        }
        if (known is null && ofCells.Contains(log.Count))
            return null;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var cell = 0; cell < ofCells.Length; cell++)
        {
            foreach (var value in ContextFeatureColumn.Split(cells[cell]))
                counts[value] = counts.GetValueOrDefault(value) + ofCells[cell];
        }
        var values = new List<string>(known?.Values ?? []);
        // The text of an artifact ends at a NUL, so such a value could not be told from two.
        values.AddRange(counts.Where(count => count.Value >= LeastCount && !values.Contains(count.Key))
            .Where(count => !count.Key.Contains('\0', StringComparison.Ordinal))
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => count.Key).Take(Math.Max(0, MaxValues - values.Count)).ToList());
        return values.Count == 0 ? null : new ContextCounts(
            new ContextFeatureColumn(column.Name, 0, values, []), [.. values.Select(value => counts.GetValueOrDefault(value))]);
    }

    private static ContextCounts? OfNumbers(InteractionLog log, ContextColumn column, ContextFeatureColumn? known)
    {
        var stride = log.Count / MaxSample + 1;
        var limits = known?.Limits
            ?? ItemFeatures.LimitsOf(Enumerable.Range(0, (log.Count + stride - 1) / stride).Select(i => column.Number(i * stride)));
        if (limits.Length == 0)
            return null;
        var features = new ContextFeatureColumn(column.Name, 0, [], limits);
        var counts = new int[features.Count];
        for (var i = 0; i < log.Count; i++)
        {
            if (column.Number(i) is var number && !float.IsNaN(number))
                counts[features.Find(number)]++;
        }
        return known is null && counts.Contains(log.Count) ? null : new ContextCounts(features, counts);
    }
}
