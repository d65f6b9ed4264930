using BitFaster.Caching.Lru;
using Kindred.Recipes;
using Kindred.Serving.Items;

namespace Kindred.Serving.Filters;

/// <summary>
/// What filters select of one model and one catalogue, computed once for each clause and its values. Holds a few megabytes at most: what was
/// used least of late goes.
/// </summary>
internal sealed class ItemSelections(ITrainedModel model, int items)
{
    private const int MostBytes = 8 << 20;
    private const int MostEntries = 512;

    private readonly ConcurrentLru<string, ItemSelection> _known = new(
        Environment.ProcessorCount, Math.Clamp(MostBytes / (items / 8 + 64), 8, MostEntries), StringComparer.Ordinal);

    /// <param name="key">Says what the test tests, values included.</param>
    public ItemSelection GetOrAdd(string key, RecordTest test, CatalogRows rows) =>
        _known.GetOrAdd(key, static (_, made) => new ItemSelection(made.model, made.rows, made.test), (model, rows, test));
}
