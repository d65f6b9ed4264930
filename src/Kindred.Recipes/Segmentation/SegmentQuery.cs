namespace Kindred.Recipes.Segmentation;

/// <summary>One question to measure by: items, and the users who turned out to interact with one of them.</summary>
/// <param name="IsMatching">The items asked for, shape [items].</param>
/// <param name="Truth">Users, ascending.</param>
internal sealed record SegmentQuery(bool[] IsMatching, int[] Truth)
{
    private const int MaxQueries = 500;

    /// <summary>One question for each item that has users in the truth; 500 of them at most, drawn by the seed.</summary>
    public static IReadOnlyList<SegmentQuery> OfItems(SegmentSplit split, int seed)
    {
        var users = new List<int>?[split.Log.ItemIds.Count];
        for (var user = 0; user < split.Log.UserIds.Count; user++)
        {
            foreach (var item in split.TruthOf(user))
            {
                var list = users[item] ??= [];
                if (list.Count == 0 || list[^1] != user)
                    list.Add(user);
            }
        }
        var asked = Enumerable.Range(0, users.Length).Where(item => users[item] is not null).ToArray();
        new Random(seed).Shuffle(asked);
        return [.. asked.Take(MaxQueries).Select(item =>
        {
            var isMatching = new bool[users.Length];
            isMatching[item] = true;
            return new SegmentQuery(isMatching, [.. users[item]!]);
        })];
    }

    /// <summary>
    /// One question for each value of each categorical column that users turned out to choose; 500 of them at most, drawn by the seed.
    /// </summary>
    public static IReadOnlyList<SegmentQuery> OfAttributes(SegmentSplit split, ItemAttributes? attributes, int seed)
    {
        var asked = (attributes?.Categories ?? []).SelectMany(column => column.Values.Select(value => (column.Name, value))).ToArray();
        new Random(seed).Shuffle(asked);
        var queries = new List<SegmentQuery>();
        foreach (var condition in asked.Take(MaxQueries))
        {
            var isMatching = attributes!.Match(new ItemAttributeQuery([condition]), split.Log.ItemIds.Count);
            var truth = Enumerable.Range(0, split.Log.UserIds.Count).Where(user => HasAny(split.TruthOf(user), isMatching)).ToArray();
            if (truth.Length > 0)
                queries.Add(new SegmentQuery(isMatching, truth));
        }
        return queries;
    }

    private static bool HasAny(ReadOnlySpan<int> items, bool[] isMatching)
    {
        foreach (var item in items)
        {
            if (isMatching[item])
                return true;
        }
        return false;
    }
}
