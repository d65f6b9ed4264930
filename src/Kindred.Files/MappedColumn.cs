namespace Kindred.Files;

/// <summary>
/// Elements of a mapped file; there may be more of them than a span can hold. It knows nothing of the map's end: whoever reads it
/// asks <see cref="MappedFile.ThrowIfUnmapped"/> first.
/// </summary>
public readonly unsafe struct MappedColumn<T> where T : unmanaged
{
    private readonly T* _start;

    internal MappedColumn(T* start, long count)
    {
        _start = start;
        Count = count;
    }

    public long Count { get; }

    public T this[long index] => (ulong)index < (ulong)Count ? _start[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public ReadOnlySpan<T> Slice(long first, int length)
    {
        if (first < 0 || length < 0 || first > Count - length) throw new ArgumentOutOfRangeException(nameof(first));
        return new ReadOnlySpan<T>(_start + first, length);
    }
}
