using System.Text;

namespace Kindred.Storage.Events;

/// <summary>Bytes on their way into a frame, in one array that grows.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }
    public int Capacity => _bytes.Length;
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void WriteByte(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    public void WriteNumber(uint value)
    {
        for (; value >= 0x80; value >>= 7) WriteByte((byte)(value | 0x80));
        WriteByte((byte)value);
    }

    public void WriteText(string? text)
    {
        if (text is null)
        {
            WriteNumber(0);
            return;
        }
        var length = Encoding.UTF8.GetByteCount(text);
        WriteNumber((uint)length + 1);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    /// <summary>Where the next bytes go.</summary>
    public Span<byte> Take(int length)
    {
        if (_bytes.Length - Length < length) Grow(length);
        var taken = _bytes.AsSpan(Length, length);
        Length += length;
        return taken;
    }

    /// <summary>Leaves room for a length of one byte, which nearly every body has; <see cref="EndBody"/> writes it.</summary>
    /// <returns>Where the body starts.</returns>
    public int BeginBody()
    {
        WriteByte(0);
        return Length;
    }

    public void EndBody(int start)
    {
        var length = Length - start;
        var more = 0;
        for (var rest = length >> 7; rest > 0; rest >>= 7) more++;
        if (more > 0)
        {
            Take(more);
            _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(start + more));
        }
        var at = start - 1;
        for (; length >= 0x80; length >>= 7) _bytes[at++] = (byte)(length | 0x80);
        _bytes[at] = (byte)length;
    }

    private void Grow(int length) => Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, checked(Length + length)));
}
