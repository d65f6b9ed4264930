using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace Kindred.Files;

/// <summary>
/// Ids and their dense indices, 0..Count-1, as three flat columns: the UTF-8 of all ids, where each one ends, and an open-addressing
/// index. The columns may lie in a mapped file, so that a table of a million ids opens without reading them.
/// </summary>
public sealed class IdTable : IReadOnlyList<string>
{
    private readonly IdHash _hash;

    /// <param name="utf8">The ids, one after the other.</param>
    /// <param name="ends">Where each id ends in <paramref name="utf8"/>, shape [Count].</param>
    /// <param name="slots">Hash index, a power of two of places: index + 1, or 0 for an empty place.</param>
    /// <param name="hash">The hash by which <paramref name="slots"/> was filled.</param>
    /// <exception cref="ArgumentException">The columns do not fit together.</exception>
    public IdTable(ReadOnlyMemory<byte> utf8, ReadOnlyMemory<long> ends, ReadOnlyMemory<int> slots, IdHash hash = IdHash.Folded)
    {
        if (slots.Length <= ends.Length || (slots.Length & (slots.Length - 1)) != 0)
            throw new ArgumentException($"{slots.Length} places cannot index {ends.Length} ids.", nameof(slots));
        (Utf8, Ends, Slots, _hash) = (utf8, ends, slots, hash);
    }

    public static IdTable Empty { get; } = new IdTableBuilder().Build();

    public int Count => Ends.Length;

    public ReadOnlyMemory<byte> Utf8 { get; }
    public ReadOnlyMemory<long> Ends { get; }
    public ReadOnlyMemory<int> Slots { get; }

    /// <summary>The id at <paramref name="index"/>; decoded at every call.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    public string this[int index] => Encoding.UTF8.GetString(Bytes(index));

    /// <summary>The id at <paramref name="index"/> as UTF-8, valid while the memory of the columns is.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return Columns.Bytes(index);
    }

    /// <summary>Finds the index of an id; -1 where it is not there.</summary>
    [SkipLocalsInit]
    public bool TryFind(ReadOnlySpan<char> id, out int index)
    {
        var most = IdColumns.MaxBytes(id.Length);
        Span<byte> buffer = most <= IdColumns.StackBytes ? stackalloc byte[IdColumns.StackBytes] : new byte[most];
        return TryFind((ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(id, buffer)], out index);
    }

    /// <summary>Finds the index of an id given as UTF-8; -1 where it is not there.</summary>
    public bool TryFind(ReadOnlySpan<byte> utf8, out int index) => (index = Columns.Find(utf8, out _)) >= 0;

    public IEnumerator<string> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IdColumns Columns => new(Utf8.Span, Ends.Span, Slots.Span, _hash);
}
