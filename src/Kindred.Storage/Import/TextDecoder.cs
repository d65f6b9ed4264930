using System.IO.Hashing;
using System.Text;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Schemas;

namespace Kindred.Storage.Import;

/// <summary>
/// Turns the bytes of one column into strings. Equal values share one string and are checked once, which is most of the
/// speed of an import: a million rows name a few thousand users.
/// </summary>
internal sealed class TextDecoder(SchemaField field)
{
    private const int LongestShared = 128;
    private const int MostShared = 1 << 18;

    private Entry[] _entries = new Entry[1 << 10];
    private int _count;
    private byte[] _bytes = new byte[1 << 14];
    private int _bytesLength;

    private record struct Entry(ulong Hash, int Start, int Length, string? Value, string? Fault);

    /// <param name="utf8">Sound UTF-8, not empty.</param>
    /// <exception cref="RefusedException">The value is of a length that fails the whole import.</exception>
    public string Read(ReadOnlySpan<byte> utf8, out string? fault)
    {
        if (utf8.Length > LongestShared) return Check(Encoding.UTF8.GetString(utf8), out fault);
        var hash = XxHash3.HashToUInt64(utf8) | 1; // 0 marks an empty place
        var mask = _entries.Length - 1;
        var at = (int)hash & mask;
        for (; _entries[at].Hash != 0; at = (at + 1) & mask)
        {
            ref var entry = ref _entries[at];
            if (entry.Hash != hash || !utf8.SequenceEqual(_bytes.AsSpan(entry.Start, entry.Length))) continue;
            fault = entry.Fault;
            return entry.Value!;
        }
        var value = Check(Encoding.UTF8.GetString(utf8), out fault);
        if (_count < MostShared) Share(hash, at, utf8, value, fault);
        return value;
    }

    /// <summary>Forgets all values, so that memory does not grow with the file.</summary>
    public void Clear()
    {
        if (_count == 0) return;
        Array.Clear(_entries);
        (_count, _bytesLength) = (0, 0);
    }

    private string Check(string value, out string? fault)
    {
        if (FieldValue.IsOverlong(field, value)) throw new RefusedException(RefusalCode.InvalidInput, FieldValue.OverlongMessage(field));
        fault = FieldValue.Fault(field, value);
        return field.Textual ? FieldValue.Truncate(value) : value;
    }

    private void Share(ulong hash, int at, ReadOnlySpan<byte> utf8, string value, string? fault)
    {
        if (_bytes.Length - _bytesLength < utf8.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
        utf8.CopyTo(_bytes.AsSpan(_bytesLength));
        _entries[at] = new Entry(hash, _bytesLength, utf8.Length, value, fault);
        _bytesLength += utf8.Length;
        if (++_count * 2 > _entries.Length) Grow();
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[old.Length * 2];
        var mask = _entries.Length - 1;
        foreach (var entry in old)
        {
            if (entry.Hash == 0) continue;
            var at = (int)entry.Hash & mask;
            while (_entries[at].Hash != 0) at = (at + 1) & mask;
            _entries[at] = entry;
        }
    }
}
