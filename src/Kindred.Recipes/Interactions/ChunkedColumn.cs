namespace Kindred.Recipes.Interactions;

/// <summary>A column that grows without copying what it holds.</summary>
internal sealed class ChunkedColumn<T> where T : unmanaged
{
    private const int ChunkBits = 16;
    private const int ChunkMask = (1 << ChunkBits) - 1;
    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public T this[int index] => _chunks[index >> ChunkBits][index & ChunkMask];

    public void Add(T value)
    {
        if ((Count & ChunkMask) == 0)
            _chunks.Add(new T[1 << ChunkBits]);
        _chunks[^1][Count++ & ChunkMask] = value;
    }

    public T[] TakeArray()
    {
        var array = new T[Count];
        for (var i = 0; i < _chunks.Count; i++)
        {
            var start = i << ChunkBits;
            _chunks[i].AsSpan(0, Math.Min(1 << ChunkBits, Count - start)).CopyTo(array.AsSpan(start));
        }
        Clear();
        return array;
    }

    public void Clear()
    {
        _chunks.Clear();
        Count = 0;
    }
}
