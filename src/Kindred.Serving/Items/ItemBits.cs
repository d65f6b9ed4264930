using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace Kindred.Serving.Items;

/// <summary>A bit per item of a space, from the shared pool.</summary>
internal readonly struct ItemBits : IDisposable
{
    private readonly ulong[] _words;
    private readonly int _length;

    public ItemBits(int items)
    {
        _length = (items + 63) / 64;
        _words = ArrayPool<ulong>.Shared.Rent(_length);
        _words.AsSpan(0, _length).Clear();
    }

    public ReadOnlySpan<ulong> Words => _words.AsSpan(0, _length);

    public bool this[int item] => (_words[item >> 6] >> (item & 63) & 1) != 0;

    /// <returns>Whether the bit was not set before.</returns>
    public bool Set(int item)
    {
        var bit = 1UL << (item & 63);
        ref var word = ref _words[item >> 6];
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    /// <returns>The first item at or after <paramref name="from"/> whose bit is set, or -1.</returns>
    public int Next(int from)
    {
        for (var word = from >> 6; word < _length; word++)
        {
            var bits = word == from >> 6 ? _words[word] & ulong.MaxValue << (from & 63) : _words[word];
            if (bits != 0) return (word << 6) + BitOperations.TrailingZeroCount(bits);
        }
        return -1;
    }

    /// <summary>Sets the bits that are set in some words, as far as both go, but for a few items.</summary>
    public void Add(ReadOnlySpan<ulong> words, IEnumerable<int> except)
    {
        var length = Math.Min(words.Length, _length);
        var kept = new List<int>();
        foreach (var item in except)
            if (item >> 6 < length && !this[item]) kept.Add(item);
        TensorPrimitives.BitwiseOr(words[..length], _words.AsSpan(0, length), _words.AsSpan(0, length));
        foreach (var item in kept) _words[item >> 6] &= ~(1UL << (item & 63));
    }

    /// <summary>This becomes <paramref name="a"/> or <paramref name="b"/>; as far as this goes, and both go at least as far.</summary>
    public void SetToEither(ItemBits a, ItemBits b) =>
        TensorPrimitives.BitwiseOr(a._words.AsSpan(0, _length), b._words.AsSpan(0, _length), _words.AsSpan(0, _length));

    /// <summary>
    /// This becomes <paramref name="a"/>, and everything that is not in <paramref name="b"/>; as far as this goes, and both go at least as far.
    /// </summary>
    public void SetToEitherNot(ItemBits a, ItemBits b)
    {
        var words = _words.AsSpan(0, _length);
        TensorPrimitives.OnesComplement(b._words.AsSpan(0, _length), words);
        TensorPrimitives.BitwiseOr(a._words.AsSpan(0, _length), words, words);
    }

    public void Dispose() => ArrayPool<ulong>.Shared.Return(_words);
}
