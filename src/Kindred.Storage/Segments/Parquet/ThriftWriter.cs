using System.Buffers;
using System.Text;

namespace Kindred.Storage.Segments.Parquet;

/// <summary>The compact protocol of Thrift, as far as the headers and the footer of a Parquet file need it.</summary>
/// <param name="target">Where the bytes go.</param>
internal ref struct ThriftWriter(IBufferWriter<byte> target)
{
    private const int I32 = 5;
    private const int I64 = 6;
    private const int Binary = 8;
    private const int List = 9;
    private const int Struct = 12;
    private readonly IBufferWriter<byte> _target = target;
    private int _lastField;

    public void Field(int id, int value)
    {
        Begin(id, I32);
        Varint(ZigZag(value));
    }

    public void Field(int id, long value)
    {
        Begin(id, I64);
        Varint(ZigZag(value));
    }

    public void Field(int id, string value)
    {
        Begin(id, Binary);
        Text(value);
    }

    /// <summary>Begins a list of numbers; <see cref="Element(int)"/> writes each.</summary>
    public void Numbers(int id, int count) => BeginList(id, count, I32);

    /// <summary>Begins a list of texts; <see cref="Text"/> writes each.</summary>
    public void Texts(int id, int count) => BeginList(id, count, Binary);

    /// <summary>Begins a list of structs; each is written between <see cref="BeginElement"/> and <see cref="End"/>.</summary>
    public void Structs(int id, int count) => BeginList(id, count, Struct);

    public readonly void Element(int value) => Varint(ZigZag(value));

    public readonly void Text(string value)
    {
        Varint((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _target);
    }

    /// <returns>What <see cref="End"/> is to be given.</returns>
    public int BeginStruct(int id)
    {
        Begin(id, Struct);
        return BeginElement();
    }

    /// <inheritdoc cref="BeginStruct"/>
    public int BeginElement()
    {
        var outer = _lastField;
        _lastField = 0;
        return outer;
    }

    /// <param name="outer">What the beginning of the struct returned; 0 for the outermost.</param>
    public void End(int outer)
    {
        Byte(0);
        _lastField = outer;
    }

    private void BeginList(int id, int count, int type)
    {
        Begin(id, List);
        if (count < 15) Byte((byte)(count << 4 | type));
        else
        {
            Byte((byte)(0xf0 | type));
            Varint((ulong)count);
        }
    }

    // Fields come in the order of their ids, at most 15 apart: the long form of a field's header is never needed.
    private void Begin(int id, int type)
    {
        Byte((byte)((id - _lastField) << 4 | type));
        _lastField = id;
    }

    private readonly void Byte(byte value)
    {
        _target.GetSpan(1)[0] = value;
        _target.Advance(1);
    }

    private readonly void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    private static ulong ZigZag(long value) => (ulong)(value << 1 ^ value >> 63);
}
