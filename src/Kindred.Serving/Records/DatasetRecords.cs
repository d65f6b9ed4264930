using System.Diagnostics.CodeAnalysis;
using Kindred.Storage.Schemas;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Records;

/// <summary>The records of a group's items or users as they are known now: those of one publication's catalogue, and those put since.</summary>
/// <param name="schema">Null when the group has no such dataset.</param>
/// <param name="catalog">Null before the first import; stays open as long as the view that holds this.</param>
/// <param name="live">Every record put of late; those below <paramref name="liveFrom"/> are in the catalogue.</param>
/// <param name="liveFrom">A position in the group's event log.</param>
internal sealed class DatasetRecords(ParsedSchema? schema, ItemCatalog? catalog, LiveRecords live, long liveFrom)
{
    public ParsedSchema? Schema => schema;
    public ItemCatalog? Catalog => catalog;
    public LiveRecords Live => live;
    /// <summary>Records put at or above this log position are not in <see cref="Catalog"/>.</summary>
    public long LiveFrom => liveFrom;

    /// <returns>The record, or false when neither import nor put named it.</returns>
    public bool TryGet(string id, [MaybeNullWhen(false)] out KnownRecord record)
    {
        if (live.TryGet(id, liveFrom, out var put))
        {
            record = new KnownRecord(put);
            return true;
        }
        if (catalog is not null && catalog.TryGet(id, out var row))
        {
            record = new KnownRecord(catalog, row);
            return true;
        }
        record = default;
        return false;
    }
}
