using System.Buffers;
using System.Runtime.InteropServices;

namespace Kindred.Recipes.Artifacts;

/// <summary>A tensor of a mapped file as memory.</summary>
internal sealed class MappedMemory<T>(MappedFile file, long offset, int length) : MemoryManager<T> where T : unmanaged
{
    public override Memory<T> Memory => CreateMemory(length);

    public override Span<T> GetSpan()
    {
        var bytes = file.Slice(offset, length * Marshal.SizeOf<T>());
        // Only ReadOnlyMemory leaves the artifact, so nobody writes through this span.
        return MemoryMarshal.Cast<byte, T>(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(bytes), bytes.Length));
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("A mapped tensor is used through its span.");
    public override void Unpin() { }
    protected override void Dispose(bool disposing) { }
}
