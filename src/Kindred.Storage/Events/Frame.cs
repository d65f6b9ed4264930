using System.Buffers.Binary;
using Kindred.Files;

namespace Kindred.Storage.Events;

/// <summary>
/// One appended batch on disk: payload length (4 bytes), CRC-32C of length and payload (4 bytes), payload. A frame that a
/// crash cut short, or wrote only in part, does not pass its checksum.
/// </summary>
internal static class Frame
{
    public const int HeaderLength = 8;
    public const int MaxPayload = 16 << 20;

    [ThreadStatic] private static ByteBuffer? t_buffer;

    public static byte[] Of(IReadOnlyList<StreamedRecord> records)
    {
        var buffer = t_buffer ??= new ByteBuffer();
        buffer.Clear();
        buffer.Take(HeaderLength);
        RecordEncoder.Encode(records, buffer);
        var frame = buffer.Written.ToArray();
        if (buffer.Capacity > 1 << 20) t_buffer = null;
        if (frame.Length - HeaderLength > MaxPayload)
            throw new ArgumentException(
                $"The records take {frame.Length} bytes; one append may have at most {MaxPayload}.", nameof(records));
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Checksum(frame.AsSpan(0, 4), frame.AsSpan(HeaderLength)));
        return frame;
    }

    /// <summary>The payload length that a header claims, or -1 if no frame starts here.</summary>
    public static int PayloadLength(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadInt32LittleEndian(header) is var length and > 0 and <= MaxPayload ? length : -1;

    public static bool IsIntact(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == Checksum(header[..4], payload);

    private static uint Checksum(ReadOnlySpan<byte> length, ReadOnlySpan<byte> payload) => Crc32C.Of(payload, Crc32C.Of(length));
}
