using Kindred.Serving.Exploration;
using Kindred.Serving.Items;

namespace Kindred.Serving.Recommendations.Stages;

/// <summary>What items have in common with the one that was asked for, as the items dataset says it now. For one thread.</summary>
internal sealed class SharedCategories
{
    private readonly ItemSpace _space;
    private readonly CategoryCodes _codes;
    private readonly float[] _counts;

    private SharedCategories(ItemSpace space, CategoryCodes codes) => (_space, _codes, _counts) = (space, codes, new float[codes.Count]);

    /// <returns>Null when nothing is known of the item's categories.</returns>
    public static SharedCategories? Of(RecommendationWork work)
    {
        if (work.Query.ItemId is not { } seed || work.Group.Items.Schema is not { } schema) return null;
        var (space, _) = work.Model.SpaceOf(work.Group);
        var item = space.Find(seed);
        if (item < 0) return null;
        var codes = new CategoryCodes(schema, work.Group.Items.Catalog);
        return codes.Of(space, item).Length == 0 ? null : new SharedCategories(space, codes);
    }

    /// <returns>How many categories of the item are among those of the one that was asked for.</returns>
    public int Count(int item)
    {
        Array.Clear(_counts);
        _codes.AddTaste(_space, item, _counts);
        var count = 0f;
        foreach (var known in _counts) count += known;
        return (int)count;
    }
}
