using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Import;

/// <summary>
/// Splits a stream into lines of UTF-8 bytes. A record is a line: values hold no line breaks, so an unclosed quote spoils
/// one line and not the rest of the file. Memory is bounded by the longest line that is allowed.
/// </summary>
/// <remarks>Sylvan.Data.Csv is as fast, but cannot go on after a record that outgrows its buffer, nor read both ways of escaping.</remarks>
/// <param name="stream">Read from front to back, and not disposed.</param>
/// <param name="maxBytes">More text than this is refused, even if it is a single line.</param>
internal sealed class LineReader(Stream stream, int maxLineBytes = LineReader.DefaultMaxLineBytes, long maxBytes = long.MaxValue)
{
    /// <summary>Room for 100 columns of 1,000 characters and a long text, at four bytes each, many times over.</summary>
    public const int DefaultMaxLineBytes = 4 << 20;

    /// <summary>What is kept of a line that is too long.</summary>
    public const int KeptOfOverlongLine = 4096;

    private byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _end;
    private int _lineLength;
    private int _next;
    private bool _streamEnded;

    /// <summary>1 for the first line.</summary>
    public long Number { get; private set; }

    /// <summary>Bytes of text that were taken from the stream.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The line was longer than allowed; <see cref="Line"/> is its beginning.</summary>
    public bool IsOverlong { get; private set; }

    /// <summary>The current line without its line break. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_start, _lineLength);

    public ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        (_start, IsOverlong) = (_next, false);
        var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        if (newline < 0) return FillAsync(cancellationToken);
        Take(newline, 1);
        return new ValueTask<bool>(true);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var searched = _end - _start;
        while (!_streamEnded)
        {
            MakeRoom();
            var read = await ReadAsync(cancellationToken);
            _streamEnded = read == 0;
            _end += read;
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Take(searched + newline, 1);
                return true;
            }
            searched = _end - _start;
            if (searched > maxLineBytes) return await SkipOverlongAsync(cancellationToken);
        }
        // The last line may lack its line break.
        if (searched == 0) return false;
        Take(searched, 0);
        return true;
    }

    private async ValueTask<bool> SkipOverlongAsync(CancellationToken cancellationToken)
    {
        IsOverlong = true;
        _buffer.AsSpan(_start, KeptOfOverlongLine).CopyTo(_buffer);
        (_start, _lineLength) = (0, KeptOfOverlongLine);
        while (true)
        {
            _end = KeptOfOverlongLine;
            var read = await ReadAsync(cancellationToken);
            _end += read;
            var newline = _buffer.AsSpan(KeptOfOverlongLine, read).IndexOf((byte)'\n');
            if (newline < 0 && read > 0) continue;
            _streamEnded = read == 0;
            _next = read == 0 ? _end : KeptOfOverlongLine + newline + 1;
            Number++;
            return true;
        }
    }

    private async ValueTask<int> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        BytesRead += read;
        return BytesRead <= maxBytes ? read : throw new RefusedException(RefusalCode.InvalidInput, $"The input holds more than {maxBytes} bytes of text, which is the most that one import may read.");
    }

    private void Take(int length, int lineBreak)
    {
        _next = _start + length + lineBreak;
        _lineLength = length > 0 && _buffer[_start + length - 1] == '\r' ? length - 1 : length;
        IsOverlong = length > maxLineBytes;
        if (IsOverlong) _lineLength = KeptOfOverlongLine;
        Number++;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
