using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kindred.Serving.Records;

/// <summary>Items, or users, put since the group's catalogue of them was made; all of them are in the group's event log too.</summary>
/// <param name="held">Told of every change of <see cref="Bytes"/>, with the difference.</param>
internal sealed class LiveRecords(Action<long> held)
{
    private const int RecordBytes = 160;
    private const int ValueBytes = 48;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LiveRecord> _records = new(StringComparer.Ordinal);
    /// <summary>By the name in a record's properties. The names are few: each was checked against the dataset's schema.</summary>
    private readonly ConcurrentDictionary<string, string> _keys = new(StringComparer.Ordinal);
    private long _version;
    private long _bytes;

    /// <summary>Memory of the records, as estimated from their lengths.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Changes with every change.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <param name="position">The record's place in the log.</param>
    /// <param name="id">The item or user.</param>
    /// <param name="propertiesJson">A JSON object that was checked when it came in, or null.</param>
    public void Add(long position, string id, string? propertiesJson)
    {
        var record = new LiveRecord(id, position, Parse(propertiesJson));
        lock (_gate)
        {
            // Two puts of one record may arrive here out of order, and one twice; the log's order decides.
            if (_records.TryGetValue(id, out var known) && known.Position >= position) return;
            Count(SizeOf(record) - (known is null ? 0 : SizeOf(known)));
            _records[id] = record;
            Volatile.Write(ref _version, _version + 1);
        }
    }

    public bool TryGet(string id, long fromPosition, [NotNullWhen(true)] out LiveRecord? record)
    {
        lock (_gate) return _records.TryGetValue(id, out record) && record.Position >= fromPosition;
    }

    /// <returns>The records, and the version they are of.</returns>
    public (LiveRecord[] Records, long Version) Read(long fromPosition)
    {
        lock (_gate) return ([.. _records.Values.Where(record => record.Position >= fromPosition)], _version);
    }

    /// <summary>Forgets what a catalogue holds by now.</summary>
    public void Prune(long belowPosition)
    {
        lock (_gate)
        {
            foreach (var (id, record) in _records)
            {
                if (record.Position >= belowPosition) continue;
                _records.Remove(id);
                Count(-SizeOf(record));
            }
            Volatile.Write(ref _version, _version + 1);
        }
    }

    private void Count(long difference)
    {
        _bytes += difference;
        held(difference);
    }

    private static long SizeOf(LiveRecord record) =>
        RecordBytes + (2 * record.Id.Length) + record.Values.Sum(static value => ValueBytes + (2L * value.Value.Length));

    private KeyValuePair<string, string>[] Parse(string? propertiesJson)
    {
        if (propertiesJson is null) return [];
        var values = new List<KeyValuePair<string, string>>();
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
            if (string.IsNullOrEmpty(text)) continue;
            // One string per column and not per record: there may be a few hundred thousand of these before a compaction.
            var key = _keys.GetOrAdd(property.Name, ColumnKey.Of);
            values.RemoveAll(value => value.Key == key);
            values.Add(KeyValuePair.Create(key, text));
        }
        return [.. values];
    }
}
