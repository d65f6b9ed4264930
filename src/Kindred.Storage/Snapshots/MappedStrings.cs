using System.Collections;
using System.Text;

namespace Kindred.Storage.Snapshots;

/// <summary>Distinct strings and their dense indices, in a mapped file. Strings are decoded at every call; nothing is built at open.</summary>
internal sealed class MappedStrings : IReadOnlyList<string>
{
    private const int StackBytes = 1024;
    private readonly MappedFile _file;
    private readonly MappedColumn<byte> _utf8;
    private readonly MappedColumn<long> _ends;
    private readonly MappedColumn<int> _slots;

    internal MappedStrings(MappedFile file, MappedColumn<byte> utf8, MappedColumn<long> ends, MappedColumn<int> slots) =>
        (_file, _utf8, _ends, _slots) = (file, utf8, ends, slots);

    public int Count => (int)_ends.Count;

    public string this[int index] => Encoding.UTF8.GetString(Utf8(index));

    /// <summary>The string at <paramref name="index"/> as UTF-8, valid until the snapshot is disposed.</summary>
    public ReadOnlySpan<byte> Utf8(int index)
    {
        _file.ThrowIfDisposed();
        var start = index == 0 ? 0 : _ends[index - 1];
        return _utf8.Slice(start, (int)(_ends[index] - start));
    }

    public bool TryFind(ReadOnlySpan<char> text, out int index)
    {
        var capacity = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = capacity <= StackBytes ? stackalloc byte[StackBytes] : new byte[capacity];
        return TryFind(buffer[..Encoding.UTF8.GetBytes(text, buffer)], out index);
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool TryFind(ReadOnlySpan<byte> utf8, out int index)
    {
        _file.ThrowIfDisposed();
        var mask = (uint)_slots.Count - 1;
        for (var slot = MappedStringsBuilder.Hash(utf8) & mask; ; slot = (slot + 1) & mask)
        {
            index = _slots[slot] - 1;
            if (index < 0) return false;
            if (Utf8(index).SequenceEqual(utf8)) return true;
        }
    }
}
