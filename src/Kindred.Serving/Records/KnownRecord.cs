using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Records;

/// <summary>What is known of one item or user, from the catalogue or from a later put.</summary>
internal readonly struct KnownRecord
{
    private readonly LiveRecord? _live;
    private readonly ItemCatalog? _catalog;
    private readonly int _row;

    public KnownRecord(LiveRecord live) => _live = live;
    public KnownRecord(ItemCatalog catalog, int row) => (_catalog, _row) = (catalog, row);

    /// <summary>The record's row in the catalogue, or -1 when a put has replaced it.</summary>
    public int Row => _live is null ? _row : -1;

    /// <returns>The value as text, or null when the record has none.</returns>
    public string? Value(RecordColumn column) =>
        _live is not null ? _live.Value(column.Key)
        : column.CatalogIndex >= 0 && _catalog!.Value(_row, column.CatalogIndex) is { Length: > 0 } value ? value
        : null;
}
