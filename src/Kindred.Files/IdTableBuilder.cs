using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Kindred.Files;

/// <summary>Gives ids dense indices in the order of their first appearance. Holds UTF-8 only, no string per id.</summary>
/// <param name="hash">The hash that the kind of file asks for that the ids will lie in.</param>
public sealed class IdTableBuilder(IdHash hash = IdHash.Folded)
{
    private byte[] _utf8 = new byte[256];
    private long[] _ends = new long[16];
    private int[] _slots = new int[32];
    private int _bytes;

    public int Count { get; private set; }

    /// <summary>The columns as they stand, not copied, for a writer; valid until the next id is taken.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8.AsSpan(0, _bytes);

    /// <inheritdoc cref="Utf8"/>
    public ReadOnlySpan<long> Ends => _ends.AsSpan(0, Count);

    /// <inheritdoc cref="Utf8"/>
    public ReadOnlySpan<int> Slots => _slots;

    /// <summary>What the table takes in memory, in bytes.</summary>
    public long SizeBytes => _utf8.LongLength + sizeof(long) * _ends.LongLength + sizeof(int) * _slots.LongLength;

    /// <summary>The id at an index as UTF-8, valid until the next id is taken.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => Columns.Bytes(index);

    /// <summary>Forgets all ids, and keeps the room that they had.</summary>
    public void Clear()
    {
        if (Count == 0) return;
        Array.Clear(_slots);
        (Count, _bytes) = (0, 0);
    }

    /// <summary>Takes an id that is not there yet.</summary>
    /// <returns>Whether it is a new one, whose index is the last; <see cref="RemoveLast"/> takes it back.</returns>
    /// <exception cref="InvalidDataException">The ids together exceed 2 GiB.</exception>
    public bool TryAdd(ReadOnlySpan<byte> utf8, out int index)
    {
        var count = Count;
        index = Intern(utf8);
        return Count > count;
    }

    /// <summary>Forgets the newest id.</summary>
    public void RemoveLast()
    {
        var columns = Columns;
        columns.Find(columns.Bytes(Count - 1), out var place);
        _slots[place] = 0; // nothing was placed after it, so nothing was placed behind it
        Count--;
        _bytes = Count == 0 ? 0 : (int)_ends[Count - 1];
    }

    /// <summary>The index of an id, a new one if it has none yet.</summary>
    /// <exception cref="InvalidDataException">The ids together exceed 2 GiB.</exception>
    [SkipLocalsInit]
    public int Intern(ReadOnlySpan<char> id)
    {
        var most = IdColumns.MaxBytes(id.Length);
        Span<byte> buffer = most <= IdColumns.StackBytes ? stackalloc byte[IdColumns.StackBytes] : new byte[most];
        return Intern((ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(id, buffer)]);
    }

    /// <summary>The index of an id given as UTF-8, a new one if it has none yet.</summary>
    /// <exception cref="InvalidDataException">The ids together exceed 2 GiB.</exception>
    public int Intern(ReadOnlySpan<byte> utf8)
    {
        var known = Columns.Find(utf8, out var place);
        if (known >= 0) return known;
        Append(utf8);
        _slots[place] = Count;
        if (Count * 2L > _slots.Length) Rehash(_slots.Length * 2);
        return Count - 1;
    }

    /// <summary>The table as it stands. The builder may go on; the table does not change.</summary>
    public IdTable Build()
    {
        var places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, Count * 2L));
        if (places != _slots.Length) Rehash(places);
        return new IdTable(Utf8.ToArray(), Ends.ToArray(), (int[])_slots.Clone(), hash);
    }

    private IdColumns Columns => new(_utf8, _ends, _slots, hash);

    private void Append(ReadOnlySpan<byte> utf8)
    {
        var needed = _bytes + (long)utf8.Length;
        if (needed > Array.MaxLength) throw new InvalidDataException($"{Count} ids take more than 2 GiB.");
        if (needed > _utf8.Length) Array.Resize(ref _utf8, (int)Math.Min(Array.MaxLength, Math.Max(needed, _utf8.Length * 2L)));
        if (Count == _ends.Length) Array.Resize(ref _ends, Count * 2);
        utf8.CopyTo(_utf8.AsSpan(_bytes));
        _bytes = (int)needed;
        _ends[Count++] = needed;
    }

    private void Rehash(int places)
    {
        _slots = new int[places];
        var mask = (uint)places - 1;
        var columns = Columns;
        for (var index = 0; index < Count; index++)
        {
            var slot = IdColumns.HashOf(columns.Bytes(index), hash) & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = index + 1;
        }
    }
}
