using System.Buffers;

namespace Kindred.Serving.Recommendations;

/// <summary>A bit per item of a model, from the shared pool.</summary>
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

    /// <returns>Whether the bit was not set before.</returns>
    public bool Set(int item)
    {
        var bit = 1UL << (item & 63);
        ref var word = ref _words[item >> 6];
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    public void Dispose() => ArrayPool<ulong>.Shared.Return(_words);
}
