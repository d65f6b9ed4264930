using System.Runtime.InteropServices;
using Kindred.Files;

namespace Kindred.Storage.Snapshots;

/// <summary>Writes the sections of a snapshot one after the other, each aligned to 8 bytes, and the header last.</summary>
internal sealed class SnapshotWriter
{
    private readonly Stream _stream;
    private readonly List<(long Offset, long Length)> _sections = [];

    /// <param name="stream">An empty file.</param>
    public SnapshotWriter(Stream stream)
    {
        _stream = stream;
        stream.Write(new byte[SnapshotHeader.Size]);
    }

    public void Section<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        Begin();
        // A column may have more bytes than one span of bytes can have elements.
        for (; values.Length > 0; values = values[Math.Min(values.Length, 1 << 20)..])
            _stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, 1 << 20)]));
        End();
    }

    /// <summary>A section that is produced piece by piece.</summary>
    public void Section(Action<Stream> write)
    {
        Begin();
        write(_stream);
        End();
    }

    public void Ids(IdTableBuilder table)
    {
        Section<byte>(table.Utf8);
        Section<long>(table.Ends);
        Section<int>(table.Slots);
    }

    public void Complete(int kind, int version)
    {
        var header = new SnapshotHeader { Kind = kind, Version = version, Sections = _sections };
        var length = _stream.Position;
        _stream.Position = 0;
        _stream.Write(header.Encode(length));
        _stream.Position = length;
    }

    private void Begin()
    {
        if (_sections.Count == SnapshotHeader.MostSections) throw new InvalidOperationException("A snapshot has no room for another section.");
        _sections.Add((_stream.Position, 0));
    }

    private void End()
    {
        var (offset, _) = _sections[^1];
        _sections[^1] = (offset, _stream.Position - offset);
        _stream.Write(new byte[(8 - _stream.Position % 8) % 8]);
    }
}
