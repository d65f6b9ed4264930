using System.Buffers.Binary;

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
    internal const byte ActionKind = 4;
    internal const byte ActionInteractionKind = 5;

    public static void Encode(IReadOnlyList<StreamedRecord> records, ByteBuffer output)
    {
        output.WriteByte(Version);
        output.WriteNumber((uint)records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            output.WriteByte(KindOf(records[i]));
            var start = output.BeginBody();
            EncodeBody(records[i], output);
            output.EndBody(start);
        }
    }

    private static byte KindOf(StreamedRecord record) => record switch
    {
        StreamedEvent => EventKind,
        StreamedItem => ItemKind,
        StreamedUser => UserKind,
        StreamedAction => ActionKind,
        StreamedActionInteraction => ActionInteractionKind,
        _ => throw new ArgumentException($"{record?.GetType().Name ?? "null"} is not a record that a log can hold.", nameof(record)),
    };

    private static void EncodeBody(StreamedRecord record, ByteBuffer output)
    {
        switch (record)
        {
            case StreamedEvent streamed:
                EncodeEvent(streamed, output);
                break;
            case StreamedItem item:
                output.WriteText(item.ItemId);
                output.WriteText(item.PropertiesJson);
                break;
            case StreamedUser user:
                output.WriteText(user.UserId);
                output.WriteText(user.PropertiesJson);
                break;
            case StreamedAction action:
                output.WriteText(action.ActionId);
                output.WriteText(action.PropertiesJson);
                break;
            case StreamedActionInteraction interaction:
                EncodeEvent(interaction.Event, output);
                break;
        }
    }

    private static void EncodeEvent(StreamedEvent streamed, ByteBuffer output)
    {
        output.WriteText(streamed.UserId);
        output.WriteText(streamed.SessionId);
        output.WriteText(streamed.EventId);
        output.WriteText(streamed.EventType);
        output.WriteText(streamed.ItemId);
        // NaN stands for "no value": the door accepts finite values only.
        BinaryPrimitives.WriteSingleLittleEndian(output.Take(4), streamed.EventValue ?? float.NaN);
        BinaryPrimitives.WriteInt64LittleEndian(output.Take(8), streamed.SentAt.ToUnixTimeMilliseconds());
        output.WriteText(streamed.PropertiesJson);
        output.WriteText(streamed.RecommendationId);
        output.WriteText(streamed.EventAttributionSource);
        output.WriteNumber(streamed.Impression is { } shown ? (uint)shown.Count + 1 : 0);
        foreach (var item in streamed.Impression ?? []) output.WriteText(item);
    }
}
