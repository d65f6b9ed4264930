using System.Runtime.InteropServices;
using Kindred.Files;

namespace Kindred.Storage.Snapshots;

/// <summary>Codes a column of texts. The distinct ones are held in memory, everything per record goes to files.</summary>
/// <param name="hasParts">Whether a <c>|</c> separates several categories.</param>
/// <param name="ends">An empty file for where each record's codes end.</param>
/// <param name="codes">An empty file for the codes.</param>
internal sealed class CategoryCoding(bool hasParts, FileStream ends, FileStream codes) : IColumnCoding
{
    /// <summary>What one distinct text takes besides its UTF-8: its end and its places in the index.</summary>
    private const int ValueOverhead = 24;

    private readonly IdTableBuilder _values = new(IdHash.Low);
    private readonly List<int> _ofRecord = [];
    private int _count;

    public int Values => _values.Count;
    public long Bytes => _values.Utf8.Length + (long)_values.Count * ValueOverhead;

    public void Add(string? value)
    {
        _ofRecord.Clear();
        if (!hasParts) AddPart(value);
        else
        {
            foreach (var part in value.AsSpan().Split('|')) AddPart(value.AsSpan()[part]);
        }
        _count = checked(_count + _ofRecord.Count);
        codes.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_ofRecord)));
        ends.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in _count)));
    }

    public CodedColumn Write(CodedSection section) => new()
    {
        Form = (long)ColumnForm.Categories,
        Utf8At = section.Add(_values.Utf8),
        Utf8Count = _values.Utf8.Length,
        EndsAt = section.Add(_values.Ends),
        EndsCount = _values.Count,
        SlotsAt = section.Add(_values.Slots),
        SlotsCount = _values.Slots.Length,
        RowsAt = section.Copy(ends),
        CodesAt = section.Copy(codes),
        CodesCount = _count,
    };

    public void Dispose()
    {
        ends.Dispose();
        codes.Dispose();
    }

    private void AddPart(ReadOnlySpan<char> part)
    {
        part = part.Trim();
        if (part.IsEmpty) return;
        var code = _values.Intern(part);
        if (!_ofRecord.Contains(code)) _ofRecord.Add(code);
    }
}
