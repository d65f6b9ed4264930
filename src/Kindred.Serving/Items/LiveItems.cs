using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kindred.Serving.Items;

/// <summary>Items put since the group's item catalogue was made; all of them are in the group's event log too.</summary>
internal sealed class LiveItems
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LiveItem> _items = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Changes with every change.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <param name="propertiesJson">A JSON object that was checked when it came in, or null.</param>
    public void Add(long position, string itemId, string? propertiesJson)
    {
        var item = new LiveItem(itemId, position, Parse(propertiesJson));
        lock (_gate)
        {
            // Two puts of one item may arrive here out of order; the log's order decides.
            if (_items.TryGetValue(itemId, out var known) && known.Position > position) return;
            _items[itemId] = item;
            Volatile.Write(ref _version, _version + 1);
        }
    }

    public bool TryGet(string itemId, long fromPosition, [NotNullWhen(true)] out LiveItem? item)
    {
        lock (_gate) return _items.TryGetValue(itemId, out item) && item.Position >= fromPosition;
    }

    /// <returns>The items, and the version they are of.</returns>
    public (LiveItem[] Items, long Version) Read(long fromPosition)
    {
        lock (_gate) return ([.. _items.Values.Where(item => item.Position >= fromPosition)], _version);
    }

    /// <summary>Forgets what a catalogue holds by now.</summary>
    public void Prune(long belowPosition)
    {
        lock (_gate)
        {
            foreach (var (id, item) in _items)
            {
                if (item.Position < belowPosition) _items.Remove(id);
            }
            Volatile.Write(ref _version, _version + 1);
        }
    }

    private static Dictionary<string, string> Parse(string? propertiesJson)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (propertiesJson is null) return values;
        using var properties = JsonDocument.Parse(propertiesJson);
        foreach (var property in properties.RootElement.EnumerateObject())
        {
            var text = property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Array => string.Join('|', property.Value.EnumerateArray()), // several categories
                _ => property.Value.GetRawText(),
            };
            if (!string.IsNullOrEmpty(text)) values[ColumnKey.Of(property.Name)] = text;
        }
        return values;
    }
}
