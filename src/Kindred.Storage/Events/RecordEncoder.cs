using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kindred.Storage.Events;

/// <summary>
/// The bytes of an appended batch: version (1 byte), record count, and of each record its kind (1 byte), the length of its body
/// and its body. Numbers are little-endian, lengths LEB128, text UTF-8 with its length + 1 in front, 0 for null.
/// </summary>
/// <remarks>
/// A new kind of record, or a new member at the end of a known one, needs no new version: a release that does not know it passes it
/// over. Version 1 had no lengths of bodies; it stays readable.
/// </remarks>
internal static class RecordEncoder
{
    internal const byte WithoutLengths = 1;
    internal const byte Version = 2;
    internal const byte EventKind = 1;
    internal const byte ItemKind = 2;
    internal const byte UserKind = 3;

    [ThreadStatic] private static ArrayBufferWriter<byte>? t_body;

    public static void Encode(IReadOnlyList<StreamedRecord> records, ArrayBufferWriter<byte> output)
    {
        WriteByte(output, Version);
        WriteNumber(output, (uint)records.Count);
        var body = t_body ??= new ArrayBufferWriter<byte>(1024);
        foreach (var record in records)
        {
            body.ResetWrittenCount();
            WriteByte(output, EncodeBody(record, body));
            WriteNumber(output, (uint)body.WrittenCount);
            output.Write(body.WrittenSpan);
        }
        if (body.Capacity > 1 << 20) t_body = null;
    }

    /// <returns>The record's kind.</returns>
    private static byte EncodeBody(StreamedRecord record, ArrayBufferWriter<byte> output)
    {
        switch (record)
        {
            case StreamedEvent streamed:
                WriteText(output, streamed.UserId);
                WriteText(output, streamed.SessionId);
                WriteText(output, streamed.EventId);
                WriteText(output, streamed.EventType);
                WriteText(output, streamed.ItemId);
                // NaN stands for "no value": the door accepts finite values only.
                BinaryPrimitives.WriteSingleLittleEndian(Take(output, 4), streamed.EventValue ?? float.NaN);
                BinaryPrimitives.WriteInt64LittleEndian(Take(output, 8), streamed.SentAt.ToUnixTimeMilliseconds());
                WriteText(output, streamed.PropertiesJson);
                WriteText(output, streamed.RecommendationId);
                WriteText(output, streamed.EventAttributionSource);
                WriteNumber(output, streamed.Impression is { } shown ? (uint)shown.Count + 1 : 0);
                foreach (var item in streamed.Impression ?? []) WriteText(output, item);
                return EventKind;
            case StreamedItem item:
                WriteText(output, item.ItemId);
                WriteText(output, item.PropertiesJson);
                return ItemKind;
            case StreamedUser user:
                WriteText(output, user.UserId);
                WriteText(output, user.PropertiesJson);
                return UserKind;
            default:
                throw new ArgumentException($"{record?.GetType().Name ?? "null"} is not a record that a log can hold.", nameof(record));
        }
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string? text)
    {
        if (text is null)
        {
            WriteNumber(output, 0);
            return;
        }
        var length = Encoding.UTF8.GetByteCount(text);
        WriteNumber(output, (uint)length + 1);
        Encoding.UTF8.GetBytes(text, Take(output, length));
    }

    private static void WriteNumber(ArrayBufferWriter<byte> output, uint value)
    {
        for (; value >= 0x80; value >>= 7) WriteByte(output, (byte)(value | 0x80));
        WriteByte(output, (byte)value);
    }

    private static void WriteByte(ArrayBufferWriter<byte> output, byte value) => Take(output, 1)[0] = value;

    private static Span<byte> Take(ArrayBufferWriter<byte> output, int length)
    {
        var span = output.GetSpan(length)[..length];
        output.Advance(length);
        return span;
    }
}
