using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kindred.Storage.Events;

/// <summary>
/// The bytes of an appended batch: version (1 byte), record count, records. Numbers are little-endian, lengths LEB128,
/// text UTF-8 with its length + 1 in front, 0 for null. A new layout takes the next version; old ones stay readable.
/// </summary>
internal static class RecordEncoder
{
    internal const byte Version = 1;
    internal const byte EventKind = 1;
    internal const byte ItemKind = 2;
    internal const byte UserKind = 3;

    public static void Encode(IReadOnlyList<StreamedRecord> records, ArrayBufferWriter<byte> output)
    {
        WriteByte(output, Version);
        WriteNumber(output, (uint)records.Count);
        foreach (var record in records) Encode(record, output);
    }

    private static void Encode(StreamedRecord record, ArrayBufferWriter<byte> output)
    {
        switch (record)
        {
            case StreamedEvent streamed:
                WriteByte(output, EventKind);
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
                break;
            case StreamedItem item:
                WriteByte(output, ItemKind);
                WriteText(output, item.ItemId);
                WriteText(output, item.PropertiesJson);
                break;
            case StreamedUser user:
                WriteByte(output, UserKind);
                WriteText(output, user.UserId);
                WriteText(output, user.PropertiesJson);
                break;
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
