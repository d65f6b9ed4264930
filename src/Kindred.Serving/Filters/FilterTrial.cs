using Kindred.Serving.Items;

namespace Kindred.Serving.Filters;

/// <summary>What a filter does with the items that a dataset group knows.</summary>
/// <param name="Items">All of them: of the catalogue, put since, and named by events alone.</param>
/// <param name="Shown">How many may be shown.</param>
/// <param name="FirstShown">Ids of the first of them, in the order of the catalogue.</param>
/// <param name="FirstHidden">Ids of the first others.</param>
public sealed record FilterTrial(int Items, int Shown, IReadOnlyList<string> FirstShown, IReadOnlyList<string> FirstHidden)
{
    internal static FilterTrial Of(BoundFilter filter, KnownItems items, int most)
    {
        using var excluded = new ItemBits(items.Count);
        filter.Exclude(items, excluded);
        var (shown, hidden, count) = (new List<string>(), new List<string>(), 0);
        for (var item = 0; item < items.Count; item++)
        {
            var isHidden = excluded[item];
            if (!isHidden) count++;
            var first = isHidden ? hidden : shown;
            if (first.Count < most) first.Add(items.IdOf(item));
        }
        return new FilterTrial(items.Count, count, shown, hidden);
    }
}
