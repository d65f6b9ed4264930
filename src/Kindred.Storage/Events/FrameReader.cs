using System.Buffers;

namespace Kindred.Storage.Events;

/// <summary>Reads the frames of one log file, one after the other, up to a length or to the first bytes that are no frame.</summary>
internal sealed class FrameReader : IDisposable
{
    private readonly FileStream _stream;
    private readonly long _length;
    private readonly byte[] _header = new byte[Frame.HeaderLength];
    private byte[] _payload = ArrayPool<byte>.Shared.Rent(4096);
    private int _payloadLength;

    /// <exception cref="InvalidDataException">The file is no event log of a version that this build reads.</exception>
    public FrameReader(string path, long length = long.MaxValue)
    {
        Path = path;
        _stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        _length = Math.Min(length, _stream.Length);
        Span<byte> magic = stackalloc byte[LogFolder.HeaderLength];
        if (_stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic.SequenceEqual(LogFolder.Magic))
        {
            IntactLength = magic.Length;
            return;
        }
        Dispose();
        throw new InvalidDataException($"'{path}' is not an event log of a version that this build reads.");
    }

    public string Path { get; }

    /// <summary>Where the last intact frame ends.</summary>
    public long IntactLength { get; private set; }

    /// <summary>Whether everything up to the given length was intact; otherwise the rest is torn.</summary>
    public bool AtEnd => IntactLength == _length;

    public ReadOnlySpan<byte> Payload => _payload.AsSpan(0, _payloadLength);

    /// <returns>False at the end, and where the next bytes are no intact frame.</returns>
    public bool MoveNext()
    {
        if (_length - IntactLength < Frame.HeaderLength || !Fill(_header)) return false;
        var length = Frame.PayloadLength(_header);
        if (length < 0 || length > _length - IntactLength - Frame.HeaderLength) return false;
        if (_payload.Length < length)
        {
            ArrayPool<byte>.Shared.Return(_payload);
            _payload = ArrayPool<byte>.Shared.Rent(length);
        }
        _payloadLength = length;
        if (!Fill(_payload.AsSpan(0, length)) || !Frame.IsIntact(_header, Payload)) return false;
        IntactLength += Frame.HeaderLength + length;
        return true;
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (_payload.Length > 0) ArrayPool<byte>.Shared.Return(_payload);
        _payload = [];
    }

    private bool Fill(Span<byte> target) => _stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length;
}
