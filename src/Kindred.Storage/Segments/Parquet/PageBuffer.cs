using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Kindred.Storage.Segments.Parquet;

/// <summary>The bytes of one page while it is put together; used again for the next.</summary>
internal sealed class PageBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[1 << 16];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsSpan(Length);
    }

    /// <summary>Values as they lie in memory, little-endian.</summary>
    public void Plain<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>A text with its length before it.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        var room = GetSpan(sizeof(int) + utf8.Length);
        BinaryPrimitives.WriteInt32LittleEndian(room, utf8.Length);
        utf8.CopyTo(room[sizeof(int)..]);
        Length += sizeof(int) + utf8.Length;
    }

    /// <summary>Which rows have a value: the definition levels of a column that may be null, with their length before them.</summary>
    /// <param name="levels">1 for a value, 0 for none, one per row.</param>
    public void Levels(ReadOnlySpan<int> levels)
    {
        var at = Length;
        GetSpan(sizeof(int));
        Length += sizeof(int);
        Hybrid(levels, bitWidth: 1);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(at), Length - at - sizeof(int));
    }

    /// <summary>Codes of a dictionary, their width before them.</summary>
    /// <param name="codes">0 to <paramref name="distinct"/> - 1.</param>
    /// <param name="distinct">Entries of the dictionary.</param>
    public void Codes(ReadOnlySpan<int> codes, int distinct)
    {
        var bitWidth = Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(0, distinct - 1)));
        GetSpan(1)[0] = (byte)bitWidth;
        Length++;
        Hybrid(codes, bitWidth);
    }

    /// <summary>The hybrid of run lengths and packed bits, as one run: of equal values, or packed.</summary>
    private void Hybrid(ReadOnlySpan<int> values, int bitWidth)
    {
        if (values.IsEmpty) return;
        if (!values.ContainsAnyExcept(values[0]))
        {
            Varint((uint)values.Length << 1);
            for (var bits = 0; bits < bitWidth; bits += 8) Byte((byte)(values[0] >> bits));
            return;
        }
        var groups = (values.Length + 7) / 8; // packed values come in eights
        Varint((uint)groups << 1 | 1);
        var room = GetSpan(groups * bitWidth + sizeof(ulong));
        var (waiting, count, at) = (0UL, 0, 0);
        foreach (var value in values)
        {
            waiting |= (ulong)(uint)value << count;
            count += bitWidth;
            if (count < 32) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(room[at..], (uint)waiting);
            at += sizeof(uint);
            waiting >>= 32;
            count -= 32;
        }
        room[at..(groups * bitWidth)].Clear();
        for (; count > 0; count -= 8, waiting >>= 8) room[at++] = (byte)waiting;
        Length += groups * bitWidth;
    }

    private void Varint(uint value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        GetSpan(1)[0] = value;
        Length++;
    }

    private void Reserve(int room)
    {
        if (_bytes.Length - Length < room) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(Length + room)));
    }
}
