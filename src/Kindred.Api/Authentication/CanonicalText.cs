using System.Buffers;
using System.Text;

namespace Kindred.Api.Authentication;

/// <summary>A growing UTF-8 text in memory that is used again by the same thread: a signature is checked without a pause.</summary>
internal sealed class CanonicalText
{
    private const int KeptBytes = 64 << 10;

    [ThreadStatic] private static CanonicalText? _ofThisThread;

    private readonly ArrayBufferWriter<byte> _text = new(2048);

    /// <summary>An empty text. It belongs to the caller until the caller's next await.</summary>
    public static CanonicalText Rent()
    {
        if (_ofThisThread is not { } text || text._text.Capacity > KeptBytes) text = _ofThisThread = new CanonicalText();
        text._text.ResetWrittenCount();
        return text;
    }

    public ReadOnlySpan<byte> Written => _text.WrittenSpan;

    public CanonicalText Add(ReadOnlySpan<char> text)
    {
        Encoding.UTF8.GetBytes(text, _text);
        return this;
    }

    public CanonicalText Add(char ascii)
    {
        _text.GetSpan(1)[0] = (byte)ascii;
        _text.Advance(1);
        return this;
    }

    public CanonicalText AddHex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, _text.GetSpan(bytes.Length * 2), out var written);
        _text.Advance(written);
        return this;
    }
}
