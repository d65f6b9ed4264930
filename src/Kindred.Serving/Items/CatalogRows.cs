using Kindred.Recipes;
using Kindred.Serving.Exploration;
using Kindred.Serving.Filters;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Items;

/// <summary>
/// Which rows of one item catalogue are which items of one model. Rows that the model does not know become items as well,
/// after the model's own. Made once per model and catalogue; it looks every row up.
/// </summary>
internal sealed class CatalogRows
{
    private readonly int[] _items;
    private readonly int[] _rows;

    public CatalogRows(ItemCatalog catalog, ITrainedModel model)
    {
        Catalog = catalog;
        _items = new int[catalog.Count];
        var known = model.Items;
        var (count, newest) = (known.Count, new NewestRows(NewItems.Capacity));
        for (var row = 0; row < _items.Length; row++)
        {
            _items[row] = known.TryFind(catalog.IdUtf8(row), out var item) ? item : item = count++;
            if (item >= model.MetItems) newest.Add(row, catalog.CreationTimestamp(row) ?? long.MaxValue);
        }
        _rows = new int[count];
        Array.Fill(_rows, -1);
        for (var row = 0; row < _items.Length; row++) _rows[_items[row]] = row;
        NewestUnmet = newest.ToArray();
        Selections = new ItemSelections(model, count);
    }

    /// <summary>What filters select of these items.</summary>
    public ItemSelections Selections { get; }

    public ItemCatalog Catalog { get; }

    /// <summary>The model's items, and the catalogue's that it does not know.</summary>
    public int Count => _rows.Length;

    /// <summary>Rows of items that the model has not met: the newest, as many as are ever explored.</summary>
    public int[] NewestUnmet { get; }

    /// <returns>The item that a row is.</returns>
    public int ItemOf(int row) => _items[row];

    /// <returns>The row of an item, or -1.</returns>
    public int RowOf(int item) => _rows[item];
}
