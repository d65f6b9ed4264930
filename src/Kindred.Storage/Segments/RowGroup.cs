using Parquet;
using Parquet.Schema;

namespace Kindred.Storage.Segments;

/// <summary>Rows on their way into a segment, as columns.</summary>
internal sealed class RowGroup
{
    private readonly string?[]?[] _texts;
    private readonly long[]?[] _timestamps;
    private readonly float?[]?[] _values;

    public RowGroup(IReadOnlyList<SegmentColumnKind> kinds, int capacity)
    {
        (_texts, _timestamps, _values) = (new string?[]?[kinds.Count], new long[]?[kinds.Count], new float?[]?[kinds.Count]);
        for (var i = 0; i < kinds.Count; i++)
        {
            switch (kinds[i])
            {
                case SegmentColumnKind.Timestamp: _timestamps[i] = new long[capacity]; break;
                case SegmentColumnKind.Value: _values[i] = new float?[capacity]; break;
                default: _texts[i] = new string?[capacity]; break;
            }
        }
        Capacity = capacity;
    }

    public int Capacity { get; }
    public int Count { get; private set; }

    /// <summary>Characters of text that the rows hold, counting a repeated string every time.</summary>
    public long Characters { get; private set; }

    public void SetText(int column, string? value)
    {
        _texts[column]![Count] = value;
        Characters += value?.Length ?? 0;
    }

    public void SetTimestamp(int column, long value) => _timestamps[column]![Count] = value;

    public void SetValue(int column, float? value) => _values[column]![Count] = value;

    public void EndRow() => Count++;

    public void Clear()
    {
        // Strings of the last group must not stay alive until the next one has grown as long.
        foreach (var texts in _texts) texts?.AsSpan(0, Count).Clear();
        (Count, Characters) = (0, 0);
    }

    public async Task WriteAsync(ParquetRowGroupWriter writer, IReadOnlyList<DataField> fields, CancellationToken cancellationToken)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (_texts[i] is { } texts) await writer.WriteAsync(fields[i], new ArraySegment<string>(texts!, 0, Count));
            else if (_timestamps[i] is { } timestamps)
                await writer.WriteAsync<long>(fields[i], timestamps.AsMemory(0, Count), cancellationToken: cancellationToken);
            else
                await writer.WriteAsync<float>(
                    fields[i], (ReadOnlyMemory<float?>)_values[i].AsMemory(0, Count), cancellationToken: cancellationToken);
        }
    }
}
