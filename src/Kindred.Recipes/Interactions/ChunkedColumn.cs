namespace Kindred.Recipes.Interactions;

/// <summary>
/// A column that grows without copying what it holds, and takes no memory while it holds nothing but <paramref name="absent"/>. What it
/// holds lies outside of the collected heap.
/// </summary>
internal sealed class ChunkedColumn<T>(T absent = default) where T : unmanaged, IEquatable<T>
{
    private const int ChunkBits = 16;
    private const int ChunkMask = (1 << ChunkBits) - 1;
    private readonly List<NativeChunk<T>?> _chunks = []; // null = nothing but absent values

    public int Count { get; private set; }

    public void Add(T value)
    {
        if ((Count & ChunkMask) == 0)
            _chunks.Add(null);
        var chunk = _chunks[^1];
        if (chunk is null)
        {
            if (value.Equals(absent))
            {
                Count++;
                return;
            }
            _chunks[^1] = chunk = new NativeChunk<T>(1 << ChunkBits, absent);
        }
        chunk.Values[Count++ & ChunkMask] = value;
        GC.KeepAlive(chunk);
    }

    /// <summary>Sets a value that there is already, or a later one; what lies between is absent.</summary>
    public void Set(int index, T value)
    {
        PadTo(index);
        if (index == Count)
        {
            Add(value);
            return;
        }
        var chunk = index >> ChunkBits;
        if (_chunks[chunk] is null)
            Materialize(chunk);
        _chunks[chunk]!.Values[index & ChunkMask] = value;
        GC.KeepAlive(this);
    }

    /// <summary>Adds absent values up to a length.</summary>
    public void PadTo(int count)
    {
        while (Count < count)
            Add(absent);
    }

    /// <summary>Values that are not absent.</summary>
    public int CountOther()
    {
        var other = 0;
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            if (_chunks[chunk] is not null)
                other += Chunk(chunk).Length - Chunk(chunk).Count(absent);
        }
        GC.KeepAlive(this);
        return other;
    }

    /// <summary>Another column with a value for each of this one's.</summary>
    /// <param name="otherAbsent">What takes no memory in it.</param>
    /// <param name="map">Gives the other value.</param>
    public ChunkedColumn<TOther> Select<TOther>(TOther otherAbsent, Func<T, TOther> map) where TOther : unmanaged, IEquatable<TOther>
    {
        var other = new ChunkedColumn<TOther>(otherAbsent);
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            foreach (var value in Chunk(chunk))
                other.Add(map(value));
        }
        GC.KeepAlive(this);
        return other;
    }

    /// <summary>How often each value of 0..<paramref name="values"/>-1 occurs in a column of codes, as starts: shape [values + 1].</summary>
    public static int[] CountStarts(ChunkedColumn<int> codes, int values)
    {
        var starts = new int[values + 1];
        for (var chunk = 0; chunk < codes._chunks.Count; chunk++)
        {
            foreach (var code in codes.Chunk(chunk))
                starts[code + 1]++;
        }
        GC.KeepAlive(codes);
        for (var value = 0; value < values; value++)
            starts[value + 1] += starts[value];
        return starts;
    }

    /// <summary>
    /// The values arranged by another column, in the order of arrival where that is the same: a row goes to the next free place of its
    /// code. Empties this column, chunk after chunk.
    /// </summary>
    /// <param name="codes">As long as this column.</param>
    /// <param name="starts">Where the places of each code begin, with the end behind the last.</param>
    /// <remarks>
    /// Reads in order and writes to as many places as there are codes, most of which stay in the cache; to read in the order of the
    /// result would miss it once per value and column.
    /// </remarks>
    public T[] TakeArrangedBy(ChunkedColumn<int> codes, int[] starts)
    {
        var arranged = GC.AllocateUninitializedArray<T>(Count);
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        for (var i = 0; i < _chunks.Count; i++)
        {
            using var chunk = _chunks[i];
            var values = chunk is null ? default : chunk.Values;
            var places = codes.Chunk(i);
            for (var row = 0; row < places.Length; row++)
                arranged[next[places[row]]++] = values.IsEmpty ? absent : values[row];
            _chunks[i] = null;
        }
        GC.KeepAlive(codes);
        Clear();
        return arranged;
    }

    /// <summary>Empties the column and gives its memory back.</summary>
    public void Clear()
    {
        foreach (var chunk in _chunks)
            chunk?.Dispose();
        _chunks.Clear();
        Count = 0;
    }

    private ReadOnlySpan<T> Chunk(int index)
    {
        if (_chunks[index] is null)
            Materialize(index); // every value of a chunk without memory is absent
        return _chunks[index]!.Values[..Math.Min(1 << ChunkBits, Count - (index << ChunkBits))];
    }

    private void Materialize(int index) => _chunks[index] = new NativeChunk<T>(1 << ChunkBits, absent);
}
