namespace Kindred.Files.Csv;

/// <summary>
/// Splits a stream into lines of bytes, in memory that is bounded by the longest line allowed: what is longer is passed over
/// and only its beginning kept.
/// </summary>
/// <param name="stream">Read from front to back, and not disposed.</param>
/// <param name="maxLineBytes">Longest line that is given whole; more than <see cref="KeptOfOverlongLine"/>.</param>
public sealed class LineReader(Stream stream, int maxLineBytes = LineReader.DefaultMaxLineBytes)
{
    /// <summary>Room for 100 columns of 1,000 characters and a long text, at four bytes each, many times over.</summary>
    public const int DefaultMaxLineBytes = 4 << 20;

    /// <summary>What is kept of a line that is too long.</summary>
    public const int KeptOfOverlongLine = 4096;

    private byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _end;
    private int _searched;
    private int _lineLength;
    private int _next;
    private bool _streamEnded;
    private bool _hasLine;

    /// <summary>1 for the first line.</summary>
    public long Number { get; private set; }

    /// <summary>Bytes that were taken from the stream.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The line was longer than allowed; <see cref="Line"/> is its beginning.</summary>
    public bool IsOverlong { get; private set; }

    /// <summary>The line break was a carriage return and a line feed; neither is in <see cref="Line"/>.</summary>
    public bool EndsWithCarriageReturn { get; private set; }

    /// <summary>The current line without its line break. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_start, _lineLength);

    /// <returns><see langword="false"/> after the last line, which may lack its line break.</returns>
    public bool MoveNext()
    {
        Begin();
        while (!TryTake()) Add(stream.Read(Room().Span));
        return _hasLine;
    }

    /// <summary>Moves on where the whole line has been read already; else nothing changes, and <see cref="MoveNextAsync"/> is next.</summary>
    /// <returns><see langword="false"/> when the stream has to be read first.</returns>
    public bool TryMoveNext()
    {
        var newline = _buffer.AsSpan(_next, _end - _next).IndexOf((byte)'\n');
        if (newline < 0) return false;
        Begin();
        Take(newline, lineBreak: 1);
        return true;
    }

    /// <inheritdoc cref="MoveNext"/>
    public ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        Begin();
        return TryTake() ? new ValueTask<bool>(_hasLine) : FillAsync(cancellationToken);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        while (!TryTake()) Add(await stream.ReadAsync(Room(), cancellationToken));
        return _hasLine;
    }

    private void Begin() => (_start, _searched, _hasLine, IsOverlong) = (_next, 0, false, false);

    /// <summary>Looks for the end of the line in what has been read.</summary>
    /// <returns><see langword="false"/> when more has to be read first.</returns>
    private bool TryTake()
    {
        var newline = _buffer.AsSpan(_start + _searched, _end - _start - _searched).IndexOf((byte)'\n');
        if (newline >= 0)
        {
            Take(_searched + newline, lineBreak: 1);
            return true;
        }
        _searched = _end - _start;
        if (_streamEnded)
        {
            if (_searched > 0) Take(_searched, lineBreak: 0);
            else _next = _start;
            return true;
        }
        if (_searched > maxLineBytes || IsOverlong) Forget();
        return false;
    }

    private void Take(int length, int lineBreak)
    {
        (_hasLine, _next) = (true, _start + length + lineBreak);
        Number++;
        EndsWithCarriageReturn = lineBreak == 1 && length > 0 && _buffer[_start + length - 1] == '\r';
        IsOverlong |= length > maxLineBytes;
        _lineLength = IsOverlong ? KeptOfOverlongLine : length > 0 && _buffer[_start + length - 1] == '\r' ? length - 1 : length;
    }

    /// <summary>Keeps the beginning of a line that has become too long, and not what has been read of the rest.</summary>
    private void Forget()
    {
        IsOverlong = true;
        if (_start > 0) _buffer.AsSpan(_start, KeptOfOverlongLine).CopyTo(_buffer);
        (_start, _end, _searched) = (0, KeptOfOverlongLine, KeptOfOverlongLine);
    }

    private Memory<byte> Room()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        return _buffer.AsMemory(_end);
    }

    private void Add(int read)
    {
        _streamEnded = read == 0;
        _end += read;
        BytesRead += read;
    }
}
