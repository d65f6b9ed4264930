using System.Buffers;

namespace Kindred.Files;

/// <summary>Elements of a mapped file as memory.</summary>
internal sealed unsafe class MappedMemory<T>(MappedFile file, T* start, int length) : MemoryManager<T> where T : unmanaged
{
    public override Memory<T> Memory => CreateMemory(length);

    // Only ReadOnlyMemory leaves the file, so nobody writes through this span.
    public override Span<T> GetSpan()
    {
        file.ThrowIfUnmapped();
        return new Span<T>(start, length);
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("Mapped memory is used through its span.");
    public override void Unpin() { }
    protected override void Dispose(bool disposing) { }
}
