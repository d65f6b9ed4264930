using System.Numerics;
using System.Text;

namespace Kindred.Recipes.Interactions;

/// <summary>Gives ids dense indices in the order of their first appearance. Holds UTF-8 only, no string per id.</summary>
public sealed class IdTableBuilder
{
    private byte[] _utf8 = new byte[256];
    private long[] _ends = new long[16];
    private int[] _slots = new int[32];
    private int _bytes;

    public int Count { get; private set; }

    /// <summary>The index of an id, a new one if it has none yet.</summary>
    public int Intern(ReadOnlySpan<char> id)
    {
        var capacity = IdHash.MaxBytes(id.Length);
        Span<byte> buffer = id.Length <= IdHash.StackChars ? stackalloc byte[capacity] : new byte[capacity];
        return Intern((ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(id, buffer)]);
    }

    /// <summary>The index of an id given as UTF-8, a new one if it has none yet.</summary>
    /// <exception cref="InvalidOperationException">The ids together exceed 2 GiB.</exception>
    public int Intern(ReadOnlySpan<byte> utf8)
    {
        var mask = (uint)_slots.Length - 1;
        var slot = IdHash.Of(utf8) & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (Bytes(_slots[slot] - 1).SequenceEqual(utf8))
                return _slots[slot] - 1;
        }
        Append(utf8);
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
            Rehash(_slots.Length * 2);
        return Count - 1;
    }

    /// <summary>The table as it stands. The builder may go on; the table does not change.</summary>
    public IdTable Build()
    {
        var places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, Count * 2L));
        if (places != _slots.Length)
            Rehash(places);
        return new IdTable(_utf8.AsSpan(0, _bytes).ToArray(), _ends.AsSpan(0, Count).ToArray(), (int[])_slots.Clone());
    }

    private ReadOnlySpan<byte> Bytes(int index)
    {
        var start = index == 0 ? 0 : (int)_ends[index - 1];
        return _utf8.AsSpan(start, (int)_ends[index] - start);
    }

    private void Append(ReadOnlySpan<byte> utf8)
    {
        var needed = _bytes + (long)utf8.Length;
        if (needed > Array.MaxLength)
            throw new InvalidOperationException($"{Count} ids take more than 2 GiB.");
        if (needed > _utf8.Length)
            Array.Resize(ref _utf8, (int)Math.Min(Array.MaxLength, Math.Max(needed, _utf8.Length * 2L)));
        if (Count == _ends.Length)
            Array.Resize(ref _ends, Count * 2);
        utf8.CopyTo(_utf8.AsSpan(_bytes));
        _bytes = (int)needed;
        _ends[Count++] = needed;
    }

    private void Rehash(int places)
    {
        _slots = new int[places];
        var mask = (uint)places - 1;
        for (var index = 0; index < Count; index++)
        {
            var slot = IdHash.Of(Bytes(index)) & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = index + 1;
        }
    }
}
