using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Kindred.Contracts.Datasets;
using Kindred.Files;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Snapshots;

/// <summary>
/// Builds an <see cref="ItemCatalog"/> in two passes: the first finds each id's last row, the second writes those rows.
/// Values go to the file as they come, so memory holds the ids, some numbers per item and a bounded number of categories.
/// </summary>
internal sealed class ItemCatalogBuilder(
    ParsedSchema schema, SnapshotMemory memory, long mostCodedBytes = ColumnCodings.DefaultMostBytes)
{
    private const int LongestShared = 64;
    private const int MostShared = 100_000;

    /// <summary>What an id costs beside its table: its last row in a list and in a set, in bytes.</summary>
    private const int BytesPerId = 40;

    private static readonly string[] IdColumns = [ColumnNames.ItemId, ColumnNames.ActionId, ColumnNames.UserId];

    private readonly string _idColumn = IdColumns.First(column => schema.Find(column) is not null);
    private readonly Dictionary<string, long> _shared = new(StringComparer.Ordinal);
    private byte[] _utf8 = new byte[256];
    private long _written;

    public void Build(string path, IReadOnlyList<string> segmentPaths, CancellationToken cancellationToken)
    {
        var lastRows = LastRows(segmentPaths, cancellationToken);
        DurableFile.WriteAllAtomic(path, stream => Write(stream, path, segmentPaths, lastRows, cancellationToken), cancellationToken);
    }

    private HashSet<long> LastRows(IReadOnlyList<string> segmentPaths, CancellationToken cancellationToken)
    {
        var ids = new IdTableBuilder(IdHash.Low);
        var last = new List<long>();
        var row = 0L;
        RecordSegments.Read(segmentPaths, _idColumn, [], batch =>
        {
            foreach (var id in batch.Ids)
            {
                var index = ids.Intern(id);
                if (index == last.Count) last.Add(row);
                else last[index] = row;
                row++;
            }
            memory.Require("ids", ids.Count, ids.SizeBytes + (long)BytesPerId * ids.Count);
        }, cancellationToken);
        return [.. last];
    }

    private void Write(Stream stream, string path, IReadOnlyList<string> segmentPaths, HashSet<long> lastRows, CancellationToken cancellationToken)
    {
        var fields = schema.Fields.Where(field => field.Name != _idColumn).ToList();
        var columns = fields.ConvertAll(static field => field.Name);
        var creation = columns.IndexOf(ColumnNames.CreationTimestamp);
        var (ids, created, row) = (new IdTableBuilder(IdHash.Low), new List<long>(lastRows.Count), 0L);
        using var places = ScratchFile.Create(path, 1 << 16);
        using var values = ScratchFile.Create(path, 1 << 16);
        using var codings = new ColumnCodings(fields, path, mostCodedBytes);

        RecordSegments.Read(segmentPaths, _idColumn, columns, batch =>
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (!lastRows.Contains(row++)) continue;
                ids.Intern(batch.Ids[i]);
                created.Add(TimeOf(creation < 0 ? null : batch.Columns[creation][i]));
                for (var c = 0; c < columns.Count; c++)
                {
                    var place = WriteValue(values, batch.Columns[c][i]);
                    places.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in place)));
                    codings.Add(c, batch.Columns[c][i]);
                }
            }
        }, cancellationToken);

        var names = new IdTableBuilder(IdHash.Low);
        foreach (var column in columns) names.Intern(column);
        var snapshot = new SnapshotWriter(stream);
        snapshot.Ids(ids);
        snapshot.Ids(names);
        snapshot.Section(target => Copy(values, target));
        snapshot.Section(target => Copy(places, target));
        snapshot.Section<long>(CollectionsMarshal.AsSpan(created));
        CodedColumn[] coded = [];
        snapshot.Section(target => coded = codings.Write(target));
        snapshot.Section<CodedColumn>(coded);
        snapshot.Complete(ItemCatalog.Kind, ItemCatalog.Version);
    }

    private static void Copy(FileStream from, Stream to)
    {
        from.Position = 0;
        from.CopyTo(to);
    }

    private static long TimeOf(string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
            ? (long)seconds
            : ItemCatalog.NoTime;

    /// <returns>Where the value begins, or -1 for null. Short values that repeat, such as categories, are stored once.</returns>
    private long WriteValue(Stream target, string? value)
    {
        if (value is null) return -1;
        if (_shared.TryGetValue(value, out var place)) return place;
        place = _written;
        if (value.Length <= LongestShared && _shared.Count < MostShared) _shared.Add(value, place);

        var most = Encoding.UTF8.GetMaxByteCount(value.Length) + 5;
        if (_utf8.Length < most) _utf8 = new byte[most];
        var (length, at) = (Encoding.UTF8.GetByteCount(value), 0);
        for (var rest = (uint)length; ; rest >>= 7)
        {
            _utf8[at++] = (byte)(rest < 0x80 ? rest : rest | 0x80);
            if (rest < 0x80) break;
        }
        at += Encoding.UTF8.GetBytes(value, _utf8.AsSpan(at));
        target.Write(_utf8.AsSpan(0, at));
        _written += at;
        return place;
    }
}
