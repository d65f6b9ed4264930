using System.Runtime.InteropServices;

namespace Kindred.Storage.Snapshots;

/// <summary>The section that holds the coded columns, while it is written: each piece is aligned to 8 bytes.</summary>
internal sealed class CodedSection(Stream stream)
{
    private readonly long _start = stream.Position;

    /// <returns>Where the piece begins, in bytes from the section's beginning.</returns>
    public long Add<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var at = stream.Position - _start;
        // A piece may have more bytes than one span of bytes can have elements.
        for (; values.Length > 0; values = values[Math.Min(values.Length, 1 << 20)..])
            stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, 1 << 20)]));
        Align();
        return at;
    }

    /// <inheritdoc cref="Add"/>
    public long Copy(FileStream from)
    {
        var at = stream.Position - _start;
        from.Position = 0;
        from.CopyTo(stream);
        Align();
        return at;
    }

    private void Align() => stream.Write(new byte[(8 - stream.Position % 8) % 8]);
}
