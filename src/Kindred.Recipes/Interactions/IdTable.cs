using System.Text;

namespace Kindred.Recipes.Interactions;

/// <summary>
/// Ids and their dense indices, 0..Count-1, as three flat columns: the UTF-8 of all ids, where each one ends, and an open-addressing
/// index. The columns may lie in a mapped file, so that a table of a million ids opens without reading them.
/// </summary>
public sealed class IdTable
{
    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly ReadOnlyMemory<long> _ends;
    private readonly ReadOnlyMemory<int> _slots;

    /// <param name="utf8">The ids, one after the other.</param>
    /// <param name="ends">Where each id ends in <paramref name="utf8"/>, shape [Count].</param>
    /// <param name="slots">Hash index, a power of two of places: index + 1, or 0 for an empty place.</param>
    internal IdTable(ReadOnlyMemory<byte> utf8, ReadOnlyMemory<long> ends, ReadOnlyMemory<int> slots)
    {
        if (slots.Length <= ends.Length || (slots.Length & (slots.Length - 1)) != 0)
            throw new ArgumentException($"{slots.Length} places cannot index {ends.Length} ids.", nameof(slots));
        (_utf8, _ends, _slots) = (utf8, ends, slots);
    }

    public static IdTable Empty { get; } = new IdTableBuilder().Build();

    public int Count => _ends.Length;

    internal ReadOnlyMemory<byte> Utf8 => _utf8;
    internal ReadOnlyMemory<long> Ends => _ends;
    internal ReadOnlyMemory<int> Slots => _slots;

    /// <summary>The id at <paramref name="index"/>; decoded at every call.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    public string this[int index] => Encoding.UTF8.GetString(Bytes(index));

    /// <summary>The id at <paramref name="index"/> as UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var ends = _ends.Span;
        var start = index == 0 ? 0 : ends[index - 1];
        return _utf8.Span.Slice((int)start, (int)(ends[index] - start));
    }

    /// <summary>Finds the index of an id.</summary>
    public bool TryFind(ReadOnlySpan<char> id, out int index)
    {
        var capacity = IdHash.MaxBytes(id.Length);
        Span<byte> buffer = id.Length <= IdHash.StackChars ? stackalloc byte[capacity] : new byte[capacity];
        return TryFind((ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(id, buffer)], out index);
    }

    /// <summary>Finds the index of an id given as UTF-8.</summary>
    public bool TryFind(ReadOnlySpan<byte> utf8, out int index)
    {
        var slots = _slots.Span;
        var mask = (uint)slots.Length - 1;
        for (var slot = IdHash.Of(utf8) & mask; ; slot = (slot + 1) & mask)
        {
            index = slots[(int)slot] - 1;
            if (index < 0)
                return false;
            if (Bytes(index).SequenceEqual(utf8))
                return true;
        }
    }
}
