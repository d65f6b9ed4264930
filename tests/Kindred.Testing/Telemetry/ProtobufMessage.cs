using System.Text;

namespace Kindred.Testing.Telemetry;

/// <summary>The fields of a protobuf message that are made of bytes, by their numbers; numbers and fixed values are passed over.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Value)> _fields = [];

    public static ProtobufMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var message = new ProtobufMessage();
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes.Span, ref at);
            switch (key & 7)
            {
                case 0: Varint(bytes.Span, ref at); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2:
                    var length = (int)Varint(bytes.Span, ref at);
                    message._fields.Add(((int)(key >> 3), bytes.Slice(at, length)));
                    at += length;
                    break;
                default: throw new InvalidDataException($"Wire type {key & 7} at {at} is none of protobuf 3.");
            }
        }
        return message;
    }

    /// <returns>Empty when the field is not there, as protobuf has it.</returns>
    public ReadOnlyMemory<byte> Bytes(int field) => _fields.LastOrDefault(f => f.Field == field).Value;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public IEnumerable<ProtobufMessage> Messages(int field) => _fields.Where(f => f.Field == field).Select(f => Read(f.Value));

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
    }
}
