using System.Buffers.Binary;
using System.IO.Hashing;

namespace Kindred.Storage.Snapshots;

/// <summary>
/// The first 256 bytes of a snapshot: magic, kind, version, file length, then offset and byte length of each section, and
/// a checksum of it all. A file that has its name is complete (it was renamed after fsync), so opening checks the header and
/// the file's length, not every byte.
/// </summary>
internal sealed class SnapshotHeader
{
    public const int Size = 256;
    private const int SectionsAt = 32;
    private const int ChecksumAt = Size - 8;
    private const ulong Magic = 0x3130_5344_4B44_4E4B; // the bytes "KNDKDS01"

    public required int Kind { get; init; }
    public required int Version { get; init; }
    public required IReadOnlyList<(long Offset, long Length)> Sections { get; init; }

    public static int MostSections => (ChecksumAt - SectionsAt) / 16;

    public byte[] Encode(long fileLength)
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Kind);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), fileLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), Sections.Count);
        for (var i = 0; i < Sections.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(SectionsAt + 16 * i), Sections[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(SectionsAt + 16 * i + 8), Sections[i].Length);
        }
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(ChecksumAt), XxHash3.HashToUInt64(bytes.AsSpan(0, ChecksumAt)));
        return bytes;
    }

    /// <exception cref="InvalidDataException">It is no such header, or does not belong to a file of this length.</exception>
    public static SnapshotHeader Decode(ReadOnlySpan<byte> bytes, long fileLength, string path)
    {
        if (bytes.Length < Size || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic)
            throw new InvalidDataException($"'{path}' is not a snapshot.");
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[ChecksumAt..]) != XxHash3.HashToUInt64(bytes[..ChecksumAt]))
            throw new InvalidDataException($"The header of the snapshot '{path}' is damaged.");
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]) is var length && length != fileLength)
            throw new InvalidDataException($"The snapshot '{path}' has {fileLength} bytes; it was written with {length}.");
        var sections = new (long, long)[BinaryPrimitives.ReadInt32LittleEndian(bytes[24..])];
        for (var i = 0; i < sections.Length; i++)
        {
            var at = SectionsAt + 16 * i;
            sections[i] = (BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + 8)..]));
        }
        return new SnapshotHeader
        {
            Kind = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            Version = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            Sections = sections,
        };
    }
}
