using System.Numerics;
using Kindred.Recipes;
using Kindred.Serving.Items;
using Kindred.Serving.Records;

namespace Kindred.Serving.Filters;

/// <summary>The items of one model and one catalogue that pass a test. Immutable.</summary>
internal sealed class ItemSelection
{
    private readonly ulong[] _words;

    /// <param name="rows">Null when there is no catalogue: then nothing is known of the model's items.</param>
    public ItemSelection(ITrainedModel model, CatalogRows? rows, RecordTest test)
    {
        var count = rows?.Count ?? model.Items.Count;
        _words = new ulong[(count + 63) / 64];
        if (rows is not null)
        {
            var matched = new ulong[(rows.Catalog.Count + 63) / 64];
            test.Match(rows.Catalog, matched);
            for (var word = 0; word < matched.Length; word++)
            {
                for (var left = matched[word]; left != 0; left &= left - 1) Set(rows.ItemOf((word << 6) + BitOperations.TrailingZeroCount(left)));
            }
        }
        // Items that the model knows from events alone.
        var isIn = !test.TestsIds && test.Matches("", null);
        if (!isIn && !test.TestsIds) return;
        for (var item = 0; item < model.Items.Count; item++)
        {
            if (rows?.RowOf(item) >= 0) continue;
            if (isIn || test.Matches(model.Items[item], null)) Set(item);
        }
    }

    /// <summary>A bit per item.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    private void Set(int item) => _words[item >> 6] |= 1UL << (item & 63);
}
