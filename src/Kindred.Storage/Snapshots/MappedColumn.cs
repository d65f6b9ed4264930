namespace Kindred.Storage.Snapshots;

/// <summary>One section of a mapped file; it may hold more than a span can.</summary>
internal readonly unsafe struct MappedColumn<T>(T* start, long count) where T : unmanaged
{
    public long Count => count;

    public T this[long index] => (ulong)index < (ulong)count ? start[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public ReadOnlySpan<T> Slice(long first, int length)
    {
        if (first < 0 || length < 0 || first + length > count) throw new ArgumentOutOfRangeException(nameof(first));
        return new ReadOnlySpan<T>(start + first, length);
    }
}
