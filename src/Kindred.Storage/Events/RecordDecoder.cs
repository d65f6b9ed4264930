using System.Buffers.Binary;
using System.Text;

namespace Kindred.Storage.Events;

/// <summary>Reads what <see cref="RecordEncoder"/> of this release, an earlier or a later one wrote.</summary>
/// <exception cref="InvalidDataException">The bytes are of a newer version. Damage is found earlier, by the frame's checksum.</exception>
internal ref struct RecordDecoder
{
    private readonly ReadOnlySpan<byte> _payload;
    private readonly byte _version;
    private int _at;

    public RecordDecoder(ReadOnlySpan<byte> payload)
    {
        _payload = payload;
        _version = Byte();
        if (_version is not (RecordEncoder.WithoutLengths or RecordEncoder.Version))
            throw new InvalidDataException(
                $"The event log holds records of version {_version}; this build reads versions up to {RecordEncoder.Version}.");
        Count = (int)Number();
    }

    public int Count { get; }

    /// <returns>Null for a record of a kind that this release does not know; it is passed over.</returns>
    public StreamedRecord? Next(out byte kind)
    {
        kind = Byte();
        if (_version == RecordEncoder.WithoutLengths)
            return Body(kind) ?? throw new InvalidDataException($"The event log holds a record of the unknown kind {kind} and of no known length.");
        var length = (int)Number();
        var end = _at + length;
        var record = Body(kind);
        if (_at > end) throw new InvalidDataException($"The event log holds a record of kind {kind} that is longer than its {length} bytes.");
        _at = end; // past whatever members the body has that this release does not know
        return record;
    }

    private StreamedRecord? Body(byte kind) => kind switch
    {
        RecordEncoder.EventKind => Event(),
        RecordEncoder.ItemKind => new StreamedItem(Text()!, Text()),
        RecordEncoder.UserKind => new StreamedUser(Text()!, Text()),
        RecordEncoder.ActionKind => new StreamedAction(Text()!, Text()),
        RecordEncoder.ActionInteractionKind => new StreamedActionInteraction(Event()),
        _ => null,
    };

    private StreamedEvent Event()
    {
        var (user, session, id, type, item) = (Text(), Text()!, Text()!, Text()!, Text());
        var value = BinaryPrimitives.ReadSingleLittleEndian(Take(4));
        var sentAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(Take(8)));
        var (properties, recommendation, source) = (Text(), Text(), Text());
        string[]? impression = null;
        if (Number() is var shown and > 0)
        {
            impression = new string[shown - 1];
            for (var i = 0; i < impression.Length; i++) impression[i] = Text()!;
        }
        return new StreamedEvent(
            user, session, id, type, float.IsNaN(value) ? null : value, item, sentAt, properties, recommendation, impression, source);
    }

    private string? Text() => Number() is var length and > 0 ? Encoding.UTF8.GetString(Take((int)length - 1)) : null;

    private uint Number()
    {
        uint value = Byte();
        if (value < 0x80) return value; // nearly every length
        value &= 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            var part = Byte();
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }

    private byte Byte() => _payload[_at++];

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _payload.Slice(_at, length);
        _at += length;
        return taken;
    }
}
