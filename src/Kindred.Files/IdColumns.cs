using System.IO.Hashing;
using System.Text;

namespace Kindred.Files;

/// <summary>
/// Ids as three flat columns: the UTF-8 of all, where each one ends, and an open-addressing index of index + 1, 0 for an empty place.
/// What a table that is read and one that is being built have in common.
/// </summary>
internal readonly ref struct IdColumns(ReadOnlySpan<byte> utf8, ReadOnlySpan<long> ends, ReadOnlySpan<int> slots, IdHash hash)
{
    /// <summary>An id of up to this many bytes is encoded on the stack; the contract's ids have at most 256 characters.</summary>
    public const int StackBytes = 1024;

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private readonly ReadOnlySpan<long> _ends = ends;
    private readonly ReadOnlySpan<int> _slots = slots;

    public static int MaxBytes(int chars) => Encoding.UTF8.GetMaxByteCount(chars);

    /// <summary>Stored in files: it never changes.</summary>
    public static uint HashOf(ReadOnlySpan<byte> utf8, IdHash hash)
    {
        var bits = XxHash3.HashToUInt64(utf8);
        return (uint)(hash == IdHash.Folded ? bits ^ (bits >> 32) : bits);
    }

    public ReadOnlySpan<byte> Bytes(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _utf8.Slice((int)start, (int)(_ends[index] - start));
    }

    /// <summary>Finds the place of an id, or the empty one where it belongs.</summary>
    /// <returns>The id's index, or -1 where the place is empty.</returns>
    public int Find(ReadOnlySpan<byte> id, out int place)
    {
        var mask = (uint)_slots.Length - 1;
        for (var slot = HashOf(id, hash) & mask; ; slot = (slot + 1) & mask)
        {
            var index = _slots[(int)slot] - 1;
            if (index >= 0 && !Bytes(index).SequenceEqual(id)) continue;
            place = (int)slot;
            return index;
        }
    }
}
