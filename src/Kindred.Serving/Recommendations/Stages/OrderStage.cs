using Kindred.Numerics.Probability;
using Kindred.Serving.Items;

namespace Kindred.Serving.Recommendations.Stages;

/// <summary>
/// Puts given items in the user's order: best first, with the softmax over those that the model knows as score; then those that it does
/// not know, in the order in which they were given, with score 0.
/// </summary>
internal static class OrderStage
{
    private const int StackItems = 512;

    public static void Run(RecommendationWork work, IReadOnlyList<string> given)
    {
        Span<int> items = given.Count <= StackItems ? stackalloc int[given.Count] : new int[given.Count];
        Span<int> order = given.Count <= StackItems ? stackalloc int[given.Count] : new int[given.Count];
        Span<float> scores = given.Count <= StackItems ? stackalloc float[given.Count] : new float[given.Count];
        Find(work, given, items);

        var known = 0;
        for (var place = 0; place < items.Length; place++)
        {
            if (items[place] < 0 || items[place] >= work.Space.ModelItems) continue;
            (order[known], scores[known]) = (place, -work.Scores[items[place]]); // negated, so that an ascending sort puts the best first
            known++;
        }
        Sort(scores[..known], order[..known]);
        for (var i = 0; i < known; i++) scores[i] = -scores[i];
        Softmax.Compute(scores[..known], scores[..known]);

        for (var i = 0; i < known; i++) work.Add(new Place(items[order[i]], order[i], scores[i], null));
        for (var place = 0; place < items.Length; place++)
        {
            if (items[place] >= work.Space.ModelItems) work.Add(new Place(items[place], place, 0, null));
        }
    }

    /// <summary>
    /// The item of every given id; one that nobody knows gets an index of its own, one that is excluded or was given before gets -1.
    /// </summary>
    private static void Find(RecommendationWork work, IReadOnlyList<string> given, Span<int> items)
    {
        using var taken = new ItemBits(work.Space.Count);
        HashSet<string>? strangers = null;
        for (var place = 0; place < items.Length; place++)
        {
            var item = work.Space.Find(given[place]);
            var isNew = item >= 0 ? taken.Set(item) : (strangers ??= new(StringComparer.Ordinal)).Add(given[place]);
            if (item < 0) item = work.Space.Count + place;
            items[place] = isNew && !work.Excluded[item] ? item : -1;
        }
    }

    private static void Sort(Span<float> keys, Span<int> order)
    {
        MemoryExtensions.Sort(keys, order);
        // That sort is not stable; equals keep the caller's order.
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start]) end++;
            order[start..end].Sort();
            start = end;
        }
    }
}
