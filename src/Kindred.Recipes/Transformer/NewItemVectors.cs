using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// Vectors of items that joined the catalogue after a model was trained: the mean of those of the known items that stand near them in
/// histories, 1/lag apart. A few passes then move them to where they belong; from zero they would need many.
/// </summary>
internal static class NewItemVectors
{
    private const int MaxLag = 3;

    /// <summary>Writes a vector for each new item that stands near a known one; the others keep what they have.</summary>
    /// <param name="log">Interactions.</param>
    /// <param name="newItems">Items without a vector.</param>
    /// <param name="width">Floats per vector.</param>
    /// <param name="vectors">Shape [items, width].</param>
    public static void Fill(InteractionLog log, IReadOnlySet<int> newItems, int width, Span<float> vectors)
    {
        if (newItems.Count == 0)
            return;
        var weights = new Dictionary<int, float>(newItems.Count);
        var sums = newItems.ToDictionary(item => item, _ => new float[width]);
        var items = log.Items;
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var (start, end) = (log.UserStarts[user], log.UserStarts[user + 1]);
            for (var i = start; i < end; i++)
            {
                if (!sums.TryGetValue(items[i], out var sum))
                    continue;
                for (var other = Math.Max(start, i - MaxLag); other < Math.Min(end, i + MaxLag + 1); other++)
                {
                    if (newItems.Contains(items[other]))
                        continue;
                    var weight = 1f / Math.Abs(other - i);
                    RowKernels.AddScaled(weight, vectors.Slice(items[other] * width, width), sum);
                    weights[items[i]] = weights.GetValueOrDefault(items[i]) + weight;
                }
            }
        }
        foreach (var (item, weight) in weights)
        {
            var vector = vectors.Slice(item * width, width);
            vector.Clear();
            RowKernels.AddScaled(1 / weight, sums[item], vector);
        }
    }
}
