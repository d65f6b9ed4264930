namespace Kindred.Storage.Segments;

/// <summary>Rows on their way into a segment, as columns.</summary>
internal sealed class RowGroup
{
    private readonly CodedTexts?[] _texts;
    private readonly long[]?[] _timestamps;
    private readonly float?[]?[] _values;

    public RowGroup(IReadOnlyList<SegmentColumnKind> kinds, int capacity)
    {
        (_texts, _timestamps, _values) = (new CodedTexts?[kinds.Count], new long[]?[kinds.Count], new float?[]?[kinds.Count]);
        for (var i = 0; i < kinds.Count; i++)
        {
            switch (kinds[i])
            {
                case SegmentColumnKind.Timestamp: _timestamps[i] = new long[capacity]; break;
                case SegmentColumnKind.Value: _values[i] = new float?[capacity]; break;
                default: _texts[i] = new CodedTexts(capacity); break;
            }
        }
        Capacity = capacity;
    }

    public int Capacity { get; }
    public int Count { get; private set; }

    /// <summary>UTF-8 or UTF-16 that the texts were given in, counting a repeated text every time; rows that were not ended count too.</summary>
    public long TextLength { get; private set; }

    /// <summary>A column of texts; those of rows that were begun and not ended lie behind <see cref="Count"/>.</summary>
    public CodedTexts Texts(int column) => _texts[column]!;

    public ReadOnlySpan<long> Timestamps(int column) => _timestamps[column].AsSpan(0, Count);

    public ReadOnlySpan<float?> Values(int column) => _values[column].AsSpan(0, Count);

    public void SetText(int column, string? value)
    {
        _texts[column]!.Set(Count, value);
        TextLength += value?.Length ?? 0;
    }

    /// <returns>Whether the column has the text for the first time; <see cref="RemoveNewText"/> takes it back then.</returns>
    public bool SetUtf8(int column, ReadOnlySpan<byte> utf8)
    {
        TextLength += utf8.Length;
        return _texts[column]!.Set(Count, utf8);
    }

    public void RemoveNewText(int column) => _texts[column]!.RemoveNew();

    public void SetTimestamp(int column, long value) => _timestamps[column]![Count] = value;

    public void SetValue(int column, float? value) => _values[column]![Count] = value;

    public void EndRow() => Count++;

    public void Clear()
    {
        foreach (var texts in _texts) texts?.Clear();
        (Count, TextLength) = (0, 0);
    }
}
