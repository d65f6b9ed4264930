using System.Collections;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Kindred.Storage.Deletion;

/// <summary>
/// The users that a data deletion job is to forget, as 128-bit hashes: what is looked for among millions of rows takes 16 bytes a user,
/// however long their ids are. Not for several threads at once.
/// </summary>
public sealed class DeletedUsers
{
    private readonly UInt128[] _hashes;
    private readonly BitArray _found;
    private string? _last;
    private bool _lastIsOne;

    public DeletedUsers(IEnumerable<string> ids)
    {
        _hashes = [.. ids.Select(Hash)];
        Array.Sort(_hashes);
        Count = 0;
        foreach (var hash in _hashes)
        {
            if (Count == 0 || _hashes[Count - 1] != hash) _hashes[Count++] = hash;
        }
        _found = new BitArray(Count);
    }

    /// <summary>Different users.</summary>
    public int Count { get; }

    /// <summary>How many of them were asked for since <see cref="ForgetFound"/>.</summary>
    public int Found { get; private set; }

    public void ForgetFound()
    {
        _found.SetAll(false);
        (Found, _last) = (0, null);
    }

    public bool Contains(string? id)
    {
        if (id is null) return false;
        // Segments are often sorted by user, and equal ids of a row group are one string.
        if (ReferenceEquals(id, _last)) return _lastIsOne;
        var place = Array.BinarySearch(_hashes, 0, Count, Hash(id));
        if (place >= 0 && !_found[place])
        {
            _found[place] = true;
            Found++;
        }
        (_last, _lastIsOne) = (id, place >= 0);
        return place >= 0;
    }

    private static UInt128 Hash(string id) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id.AsSpan()));
}
