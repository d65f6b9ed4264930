using System.Text;
using Kindred.Serving.Groups;
using Kindred.Serving.Items;
using Kindred.Serving.Records;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Filters;

/// <summary>
/// Every item that a dataset group knows, without a model: the catalogue's come first, in its order, then those put since, then those that
/// events alone have named.
/// </summary>
internal sealed class KnownItems : IFilteredItems
{
    private readonly ItemCatalog? _catalog;
    private readonly UserHistory? _history;
    private readonly Dictionary<int, LiveRecord> _live = [];
    private readonly Dictionary<string, int> _added = new(StringComparer.Ordinal);
    private readonly List<string> _addedIds = [];
    /// <summary>Places in the history of the items that events alone have named, in the order of their indices.</summary>
    private readonly List<int> _met = [];
    /// <summary>By place in the history: the item, or -1 for one that has a record.</summary>
    private readonly int[] _metItems;
    private readonly int _firstMet;

    public KnownItems(GroupView group, RequestedSubject subject)
    {
        (Group, Subject, _catalog, _history) = (group, subject, group.Items.Catalog, group.History);
        var rows = _catalog?.Count ?? 0;
        foreach (var live in group.Items.Live.Read(group.Items.LiveFrom).Records)
        {
            var row = -1;
            if (_catalog?.TryGet(live.Id, out row) is not true)
            {
                row = rows + _addedIds.Count;
                _added.Add(live.Id, row);
                _addedIds.Add(live.Id);
            }
            _live.Add(row, live);
        }
        _firstMet = rows + _addedIds.Count;
        _metItems = new int[_history?.ItemIds.Count ?? 0];
        for (var place = 0; place < _metItems.Length; place++)
        {
            _metItems[place] = -1;
            if (FindRecord(_history!.ItemIds.Bytes(place)) >= 0) continue;
            _metItems[place] = _firstMet + _met.Count;
            _met.Add(place);
        }
    }

    public GroupView Group { get; }
    public RequestedSubject Subject { get; }
    public int Count => _firstMet + _met.Count;

    public int Find(string id) => Find(Encoding.UTF8.GetBytes(id));

    public int Find(ReadOnlySpan<byte> id)
    {
        if (FindRecord(id) is var item and >= 0) return item;
        return _history is not null && _history.ItemIds.TryFind(id, out var place) ? _metItems[place] : -1;
    }

    /// <returns>The id; decoded at every call.</returns>
    public string IdOf(int item) =>
        item >= _firstMet ? _history!.ItemIds[_met[item - _firstMet]]
        : item < (_catalog?.Count ?? 0) ? _catalog!.Id(item)
        : _addedIds[item - (_catalog?.Count ?? 0)];

    public void Mark(RecordTest test, string key, ItemBits marked)
    {
        if (_catalog is not null)
        {
            var rows = new ulong[(_catalog.Count + 63) / 64];
            test.Match(_catalog, rows);
            marked.Add(rows, _live.Keys);
        }
        foreach (var (item, live) in _live)
        {
            if (test.Matches(live.Id, new KnownRecord(live))) marked.Set(item);
        }
        for (var item = _firstMet; item < Count; item++)
        {
            if (test.Matches(test.TestsIds ? IdOf(item) : "", null)) marked.Set(item);
        }
    }

    private int FindRecord(ReadOnlySpan<byte> id)
    {
        if (_catalog is not null && _catalog.TryGet(id, out var row)) return row;
        return _added.Count > 0 && _added.TryGetValue(Encoding.UTF8.GetString(id), out var item) ? item : -1;
    }
}
