using System.Text;
using Kindred.Files;
using Kindred.Recipes;
using Kindred.Serving.Records;

namespace Kindred.Serving.Items;

/// <summary>
/// The items that a request may deal with, each with an index: the model's come first, under the model's own codes, then the
/// catalogue's that the model does not know, then those that were put since. So one bitmap covers known and new items.
/// Immutable; one put later is in the next space.
/// </summary>
internal sealed class ItemSpace
{
    private readonly IdTable _model;
    private readonly CatalogRows? _rows;
    private readonly int _firstAdded;
    private readonly Dictionary<string, int> _added = new(StringComparer.Ordinal);
    private readonly List<string> _addedIds = [];
    private readonly Dictionary<int, LiveRecord> _live = [];

    /// <summary>The model's items alone.</summary>
    public ItemSpace(ITrainedModel model) : this(model, null, [])
    {
    }

    /// <param name="rows">Null when there is no catalogue.</param>
    /// <param name="live">Records put since the catalogue was made, one per id; each stands in for the catalogue's.</param>
    public ItemSpace(ITrainedModel model, CatalogRows? rows, ReadOnlySpan<LiveRecord> live)
    {
        (_model, MetItems, _rows, _firstAdded) = (model.Items, model.MetItems, rows, rows?.Count ?? model.Items.Count);
        foreach (var record in live)
        {
            var item = Find(record.Id);
            if (item < 0) item = Add(record.Id);
            _live.Add(item, record);
        }
    }

    /// <summary>Items below this one are the model's: they have a score.</summary>
    public int ModelItems => _model.Count;

    /// <summary>Items below this one were met in training. Later ones of the model may be scored, and are new all the same.</summary>
    public int MetItems { get; }

    public int Count => _firstAdded + _addedIds.Count;

    /// <summary>The live records by their item.</summary>
    public IReadOnlyDictionary<int, LiveRecord> Live => _live;

    /// <summary>Null when there is no catalogue, or the space is the model's items alone.</summary>
    public CatalogRows? Rows => _rows;

    /// <returns>The item of an id, or -1: no model, import or put has named it.</returns>
    public int Find(string id)
    {
        if (_model.TryFind(id, out var item)) return item;
        if (_rows is not null && _rows.Catalog.TryGet(id, out var row)) return _rows.ItemOf(row);
        return _added.TryGetValue(id, out item) ? item : -1;
    }

    /// <param name="id">UTF-8.</param>
    /// <inheritdoc cref="Find(string)"/>
    public int Find(ReadOnlySpan<byte> id)
    {
        if (_model.TryFind(id, out var item)) return item;
        if (_rows is not null && _rows.Catalog.TryGet(id, out var row)) return _rows.ItemOf(row);
        return _added.Count > 0 && _added.TryGetValue(Encoding.UTF8.GetString(id), out item) ? item : -1;
    }

    /// <returns>The id; decoded at every call.</returns>
    public string IdOf(int item) =>
        item < _model.Count ? _model[item]
        : item < _firstAdded ? _rows!.Catalog.Id(_rows.RowOf(item))
        : _addedIds[item - _firstAdded];

    /// <summary>The id as UTF-8, for an item of the model: nothing is decoded.</summary>
    public ReadOnlySpan<byte> IdUtf8Of(int modelItem) => _model.Bytes(modelItem);

    /// <returns>What is known of an item besides its id, or false.</returns>
    public bool TryGetRecord(int item, out KnownRecord record)
    {
        if (_live.Count > 0 && _live.TryGetValue(item, out var live))
        {
            record = new KnownRecord(live);
            return true;
        }
        var row = _rows is not null && item < _rows.Count ? _rows.RowOf(item) : -1;
        record = row < 0 ? default : new KnownRecord(_rows!.Catalog, row);
        return row >= 0;
    }

    private int Add(string id)
    {
        var item = Count;
        _added.Add(id, item);
        _addedIds.Add(id);
        return item;
    }
}
