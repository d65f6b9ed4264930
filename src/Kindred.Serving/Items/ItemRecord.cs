using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Items;

/// <summary>What is known of one item, from the catalogue or from a later put.</summary>
internal readonly struct ItemRecord
{
    private readonly LiveItem? _live;
    private readonly ItemCatalog? _catalog;
    private readonly int _index;

    public ItemRecord(LiveItem live) => _live = live;
    public ItemRecord(ItemCatalog catalog, int index) => (_catalog, _index) = (catalog, index);

    /// <returns>The value as text, or null when the item has none.</returns>
    public string? Value(ItemColumn column) =>
        _live is not null ? _live.Values.GetValueOrDefault(column.Key)
        : column.CatalogIndex >= 0 && _catalog!.Value(_index, column.CatalogIndex) is { Length: > 0 } value ? value
        : null;
}
