using Kindred.Recipes;
using Kindred.Serving.Items;
using Kindred.Serving.Records;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Exploration;

/// <summary>Codes for the categorical values of new items: one per column and value; a value such as <c>a|b</c> is two.</summary>
internal sealed class CategoryCodes
{
    /// <summary>A taste is read from this many of the user's newest events.</summary>
    private const int TasteEvents = 50;

    private readonly RecordColumn[] _columns;
    private readonly Dictionary<string, int>[] _values;

    public CategoryCodes(ParsedSchema? schema, ItemCatalog? catalog)
    {
        _columns = [.. (schema?.Fields ?? []).Where(static field => field.Categorical).Select(field => RecordColumn.Of(field.Name, catalog))];
        _values = new Dictionary<string, int>[_columns.Length];
        for (var column = 0; column < _values.Length; column++) _values[column] = new(StringComparer.Ordinal);
    }

    public int Count { get; private set; }

    /// <summary>Gives the item's values codes where they have none yet.</summary>
    /// <returns>The codes of the item, distinct.</returns>
    public int[] Of(ItemSpace space, int item)
    {
        if (!space.TryGetRecord(item, out var record)) return [];
        var found = new HashSet<int>();
        for (var column = 0; column < _columns.Length; column++)
        {
            if (record.Value(_columns[column]) is not { } value) continue;
            var codes = _values[column].GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var part in value.AsSpan().Split('|'))
            {
                var text = value.AsSpan()[part].Trim();
                if (text.IsEmpty) continue;
                if (!codes.TryGetValue(text, out var code)) codes[text] = code = Count++;
                found.Add(code);
            }
        }
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

    private void AddTaste(ItemSpace space, int item, Span<float> taste)
    {
        if (!space.TryGetRecord(item, out var record)) return;
        for (var column = 0; column < _columns.Length; column++)
        {
            if (record.Value(_columns[column]) is not { } value) continue;
            var codes = _values[column].GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var part in value.AsSpan().Split('|'))
            {
                if (codes.TryGetValue(value.AsSpan()[part].Trim(), out var code)) taste[code]++;
            }
        }
    }
}
