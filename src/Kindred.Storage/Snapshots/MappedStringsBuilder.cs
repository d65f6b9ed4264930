using System.IO.Hashing;
using System.Text;

namespace Kindred.Storage.Snapshots;

/// <summary>Gives strings dense indices in order of first appearance, holding nothing but their UTF-8.</summary>
/// <remarks>The twin of the recipes' IdTable: rooms on this side of the house may not use that one.</remarks>
internal sealed class MappedStringsBuilder
{
    private byte[] _utf8 = new byte[1 << 10];
    private long[] _ends = new long[64];
    private int[] _slots = new int[128];
    private long _bytes;

    public int Count { get; private set; }
    public ReadOnlySpan<byte> Utf8 => _utf8.AsSpan(0, (int)_bytes);
    public ReadOnlySpan<long> Ends => _ends.AsSpan(0, Count);
    public ReadOnlySpan<int> Slots => _slots;

    /// <summary>Stored in files: it never changes.</summary>
    public static uint Hash(ReadOnlySpan<byte> utf8) => (uint)XxHash3.HashToUInt64(utf8);

    public int Intern(string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = length <= 1024 ? stackalloc byte[1024] : new byte[length];
        return Intern(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    private int Intern(ReadOnlySpan<byte> utf8)
    {
        var mask = (uint)_slots.Length - 1;
        var slot = Hash(utf8) & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
            if (TextAt(_slots[slot] - 1).SequenceEqual(utf8)) return _slots[slot] - 1;

        if (_bytes + utf8.Length > Array.MaxLength) throw new InvalidDataException("The ids of one dataset take more than 2 GiB.");
        if (_bytes + utf8.Length > _utf8.Length) Array.Resize(ref _utf8, (int)Math.Min(Array.MaxLength, Math.Max(_utf8.Length * 2L, _bytes + utf8.Length)));
        utf8.CopyTo(_utf8.AsSpan((int)_bytes));
        _bytes += utf8.Length;
        if (Count == _ends.Length) Array.Resize(ref _ends, Count * 2);
        _ends[Count++] = _bytes;
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    private ReadOnlySpan<byte> TextAt(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _utf8.AsSpan((int)start, (int)(_ends[index] - start));
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = (uint)_slots.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var slot = Hash(TextAt(i)) & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = i + 1;
        }
    }
}
