using Parquet;
using Parquet.Schema;

namespace Kindred.Storage.Segments;

/// <summary>Reads a segment's columns by name, one row group at a time.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int MostRowsInGroup = 1 << 24;
    private readonly string _path;
    private readonly ParquetReader _reader;
    private readonly Dictionary<string, DataField> _fields;
    private ParquetRowGroupReader? _group;
    private int _next;

    /// <exception cref="InvalidDataException">The file is no segment, or is damaged.</exception>
    public SegmentReader(string path)
    {
        _path = path;
        SegmentFile.Verify(path);
        // The files are local and the calling thread is the job's own: waiting here holds up nobody.
        _reader = Guarded(() => ParquetReader.CreateAsync(path).GetAwaiter().GetResult());
        try
        {
            _fields = Guarded(() => _reader.Schema.DataFields.ToDictionary(f => f.Name, StringComparer.Ordinal));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyCollection<string> Columns => _fields.Keys;

    /// <summary>Rows of the current group.</summary>
    public int Count { get; private set; }

    public bool MoveNextGroup()
    {
        _group?.Dispose();
        _group = null;
        Count = Guarded(() =>
        {
            if (_next == _reader.RowGroupCount) return 0;
            _group = _reader.OpenRowGroupReader(_next++);
            return _group.RowCount is > 0 and <= MostRowsInGroup
                ? (int)_group.RowCount
                : throw new InvalidDataException($"a row group claims {_group.RowCount} rows");
        });
        return Count > 0;
    }

    /// <returns>False if the segment has no such column; then <paramref name="values"/> is all null.</returns>
    public bool ReadText(string column, ref string?[] values)
    {
        Resize(ref values);
        values.AsSpan(0, Count).Clear();
        if (!_fields.TryGetValue(column, out var field)) return false;
        var target = values.AsMemory(0, Count);
        Guarded(() => { Wait(_group!.ReadAsync(field, target!)); return 0; });
        return true;
    }

    public bool ReadTimestamps(string column, ref long[] values)
    {
        Resize(ref values);
        if (!_fields.TryGetValue(column, out var field)) return false;
        var target = values.AsMemory(0, Count);
        Guarded(() => { Wait(_group!.ReadAsync<long>(field, target)); return 0; });
        return true;
    }

    public bool ReadValues(string column, ref float?[] values)
    {
        Resize(ref values);
        values.AsSpan(0, Count).Clear();
        if (!_fields.TryGetValue(column, out var field)) return false;
        var target = values.AsMemory(0, Count);
        Guarded(() => { Wait(_group!.ReadAsync<float>(field, target)); return 0; });
        return true;
    }

    public void Dispose()
    {
        _group?.Dispose();
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private void Resize<T>(ref T[] values)
    {
        if (values.Length < Count) values = new T[Count];
    }

    // A Parquet library meets damage as any of a dozen exceptions (a wrong length as lack of memory); to us they are one.
    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is not (FileNotFoundException or DirectoryNotFoundException or OperationCanceledException))
        {
            throw new InvalidDataException($"The segment '{_path}' cannot be read: {damage.Message}", damage);
        }
    }
}
