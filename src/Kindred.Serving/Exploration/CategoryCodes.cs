using Kindred.Recipes;
using Kindred.Serving.Items;
using Kindred.Serving.Records;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Exploration;

/// <summary>Codes for the categorical values of new items, and what a user did counted in them.</summary>
internal sealed class CategoryCodes(ParsedSchema? schema, ItemCatalog? catalog)
{
    /// <summary>A taste is read from this many of the user's newest events.</summary>
    private const int TasteEvents = 50;

    private readonly CategoryColumnCodes[] _columns =
    [
        .. (schema?.Fields ?? [])
            .Where(static field => field.Categorical)
            .Select(field => new CategoryColumnCodes(RecordColumn.Of(field.Name, catalog), catalog)),
    ];
    private int _count;

    public int Count => _count;

    /// <summary>Gives the item's values codes where they have none yet.</summary>
    /// <returns>The codes of the item, distinct.</returns>
    public int[] Of(ItemSpace space, int item)
    {
        if (!space.TryGetRecord(item, out var record)) return [];
        var found = new HashSet<int>();
        foreach (var column in _columns) column.AddNew(record, found, ref _count);
        return [.. found];
    }

    /// <summary>How often each code occurs in what a user did of late.</summary>
    /// <param name="space">The space of the items.</param>
    /// <param name="history">In items of the model, oldest first.</param>
    /// <param name="met">Every item of the space that the user met; those that the model has not met count as well, each once.</param>
    /// <param name="taste">Receives the counts, shape [<see cref="Count"/>].</param>
    public void ReadTaste(ItemSpace space, ReadOnlySpan<HistoryEvent> history, ItemBits met, Span<float> taste)
    {
        taste.Clear();
        if (taste.IsEmpty) return;
        foreach (var e in history[^Math.Min(history.Length, TasteEvents)..])
        {
            if (e.Item < space.MetItems) AddTaste(space, e.Item, taste);
        }
        for (var item = met.Next(space.MetItems); item >= 0; item = met.Next(item + 1)) AddTaste(space, item, taste);
    }

    /// <summary>Adds 1 for each category of the item that has a code.</summary>
    public void AddTaste(ItemSpace space, int item, Span<float> taste)
    {
        if (!space.TryGetRecord(item, out var record)) return;
        foreach (var column in _columns) column.AddTaste(record, taste);
    }
}
