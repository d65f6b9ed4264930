namespace Kindred.Recipes.Evaluation.Protocols;

/// <summary>Seeded choices that protocols share.</summary>
internal static class Draw
{
    /// <summary>At most <paramref name="count"/> of the candidates, chosen by chance, in their order.</summary>
    public static T[] Some<T>(IReadOnlyList<T> candidates, int count, int seed)
    {
        if (candidates.Count <= count)
            return [.. candidates];
        var chosen = Enumerable.Range(0, candidates.Count).ToArray();
        new Random(seed).Shuffle(chosen);
        Array.Sort(chosen, 0, count);
        return [.. chosen.Take(count).Select(place => candidates[place])];
    }
}
