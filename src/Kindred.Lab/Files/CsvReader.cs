using System.Buffers;
using System.Text;

namespace Kindred.Lab.Files;

/// <summary>
/// Reads CSV as bytes, record after record, without a string per field. Fields are separated by a comma (or tab or semicolon, when the
/// header has no comma), may be quoted, and inside quotes hold separators, line breaks and quotes, doubled or after a backslash.
/// </summary>
/// <remarks>Unlike the service's import, where a record is a line, a quoted field may span lines: that is what data frames are saved as.</remarks>
internal sealed class CsvReader : IDisposable
{
    private const byte Quote = (byte)'"';
    private const byte NewLine = (byte)'\n';
    private const int BufferSize = 1 << 20;
    private const int MaxRecordBytes = 1 << 26;

    private readonly Stream _stream;
    private readonly string _path;
    private byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private byte _separator = (byte)',';
    private SearchValues<byte> _stops = SearchValues.Create(",\n"u8);
    private (int Start, int Length, bool HasEscapes)[] _fields = new (int, int, bool)[16];
    private byte[] _unescaped = [];
    private long _nextLine = 1;

    private CsvReader(Stream stream, string path) => (_stream, _path) = (stream, path);

    /// <summary>Names of the columns, as written.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Line on which the current record begins; the first is 1.</summary>
    public long Line { get; private set; }

    public string Path => _path;
    public int FieldCount { get; private set; }

    /// <summary>Bytes of text read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Opens a file, plain or compressed, and reads its header.</summary>
    /// <exception cref="LabException">There is no such file, or it is no CSV with a header.</exception>
    public static CsvReader Open(string path)
    {
        var reader = new CsvReader(ByteSource.Open(path), path);
        try
        {
            reader.ReadHeader();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next record; blank lines are passed over.</summary>
    /// <returns><see langword="false"/> after the last one.</returns>
    /// <exception cref="LabException">The record does not have the header's number of fields, or its quotes do not close.</exception>
    public bool Read()
    {
        if (!ReadRecord())
            return false;
        if (FieldCount != Header.Count)
            throw Fault($"there {(FieldCount == 1 ? "is 1 field" : $"are {FieldCount} fields")} where the header has {Header.Count}");
        return true;
    }

    /// <summary>A field of the current record, without its quotes; valid until the next field or record is asked for.</summary>
    public ReadOnlySpan<byte> Field(int index)
    {
        var (start, length, hasEscapes) = _fields[index];
        var raw = _buffer.AsSpan(_start + start, length);
        return hasEscapes ? Unescape(raw) : raw;
    }

    /// <summary>A field as text, for messages: shortened, on one line.</summary>
    public string Quoted(int index)
    {
        var text = Encoding.UTF8.GetString(Field(index));
        text = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c).Take(41)]);
        return text.Length > 40 ? $"'{text[..40]}…'" : $"'{text}'";
    }

    public LabException Fault(string what) => new($"'{_path}', line {Line}: {what}.");

    public void Dispose() => _stream.Dispose();

    private int Position { get; set; }

    private void ReadHeader()
    {
        Fill();
        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            _start = Position = 3;
        var line = _buffer.AsSpan(_start.._end);
        if (line.IndexOf(NewLine) is var first and >= 0)
            line = line[..first];
        if (line.Contains((byte)0))
            throw new LabException($"'{_path}' holds binary data; CSV in UTF-8 with a header line was expected.");
        _separator = line.Contains((byte)',') ? (byte)',' : line.Contains((byte)'\t') ? (byte)'\t' : line.Contains((byte)';') ? (byte)';' : (byte)',';
        _stops = SearchValues.Create([_separator, NewLine]);
        if (!ReadRecord())
            throw new LabException($"'{_path}' is empty; a CSV file with a header line was expected.");
        var header = new string[FieldCount];
        for (var i = 0; i < header.Length; i++)
        {
            if (!System.Text.Unicode.Utf8.IsValid(Field(i)))
                throw new LabException($"'{_path}' holds binary data or text that is not UTF-8; CSV in UTF-8 with a header line was expected.");
            header[i] = Encoding.UTF8.GetString(Field(i)).Trim();
        }
        Header = header;
    }

    private bool ReadRecord()
    {
        while (true)
        {
            _start = Position;
            Line = _nextLine;
            if (!TryParse())
            {
                if (_isAtEnd && _start == _end)
                    return false;
                Fill();
                continue;
            }
            if (FieldCount != 1 || _fields[0].Length != 0 || _buffer[_start] == Quote)
                return true; // not a blank line
        }
    }

    /// <summary>Finds the fields of the record at the start; <see langword="false"/> when the buffer does not hold all of it.</summary>
    private bool TryParse()
    {
        FieldCount = 0;
        var text = _buffer.AsSpan(_start.._end);
        if (text.IsEmpty)
            return false;
        var (at, lines) = (0, 1);
        while (true)
        {
            int stop;
            if (at < text.Length && text[at] == Quote)
            {
                var closing = FindClosingQuote(text, at + 1, out var hasEscapes, ref lines);
                if (closing < 0)
                    return false;
                AddField(at + 1, closing - at - 1, hasEscapes);
                stop = closing + 1;
                if (stop < text.Length && text[stop] == '\r')
                    stop++;
                if (stop == text.Length && !_isAtEnd)
                    return false;
                if (stop < text.Length && text[stop] != _separator && text[stop] != NewLine)
                    throw Fault($"field {FieldCount} goes on after its closing quote; a quote inside a value is written twice");
            }
            else
            {
                var length = text[at..].IndexOfAny(_stops);
                if (length < 0 && !_isAtEnd)
                    return false;
                stop = length < 0 ? text.Length : at + length;
                var isLast = stop == text.Length || text[stop] == NewLine;
                AddField(at, (isLast && stop > at && text[stop - 1] == '\r' ? stop - 1 : stop) - at, hasEscapes: false);
            }
            if (stop == text.Length || text[stop] == NewLine)
            {
                Position = _start + Math.Min(text.Length, stop + 1);
                _nextLine += lines;
                return true;
            }
            at = stop + 1;
        }
    }

    private int FindClosingQuote(ReadOnlySpan<byte> text, int from, out bool hasEscapes, ref int lines)
    {
        hasEscapes = false;
        for (var at = from; ; at++)
        {
            var length = text[at..].IndexOf(Quote);
            if (length < 0)
                return _isAtEnd ? throw Fault("a quote is opened and never closed") : -1;
            lines += text.Slice(at, length).Count(NewLine);
            at += length;
            if (at + 1 == text.Length && !_isAtEnd)
                return -1; // the next byte tells whether this quote closes
            var next = at + 1 < text.Length ? text[at + 1] : NewLine;
            var isAfterBackslash = at > from && text[at - 1] == '\\';
            if (next == Quote && isAfterBackslash && at + 2 == text.Length && !_isAtEnd)
                return -1;
            if (next == Quote && !(isAfterBackslash && EndsField(text, at + 2)))
            {
                hasEscapes = true;
                at++; // a doubled quote
            }
            else if (isAfterBackslash && !EndsField(text, at + 1))
            {
                hasEscapes = true;
            }
            else
            {
                return at;
            }
        }
    }

    private bool EndsField(ReadOnlySpan<byte> text, int at) =>
        at >= text.Length || text[at] == _separator || text[at] is NewLine or (byte)'\r';

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (_unescaped.Length < raw.Length)
            _unescaped = new byte[Math.Max(raw.Length, 256)];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (i + 1 < raw.Length && raw[i + 1] == Quote && raw[i] is Quote or (byte)'\\')
                i++; // "" and \" are a quote
            _unescaped[length++] = raw[i];
        }
        return _unescaped.AsSpan(0, length);
    }

    private void AddField(int start, int length, bool hasEscapes)
    {
        if (FieldCount == _fields.Length)
            Array.Resize(ref _fields, FieldCount * 2);
        _fields[FieldCount++] = (start, length, hasEscapes);
    }

    /// <summary>Moves the unfinished record to the front and reads on.</summary>
    private void Fill()
    {
        var kept = _end - _start;
        if (kept > MaxRecordBytes)
            throw Fault($"the record is longer than {MaxRecordBytes >> 20} MiB; is a quote not closed");
        var target = kept * 2 > _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, kept);
        (_buffer, _start, _end, Position) = (target, 0, kept, 0);
        try
        {
            var read = _stream.ReadAtLeast(_buffer.AsSpan(_end), Math.Min(1 << 16, _buffer.Length - _end), throwOnEndOfStream: false);
            _isAtEnd = read == 0;
            _end += read;
            BytesRead += read;
        }
        catch (InvalidDataException e)
        {
            throw new LabException($"'{_path}' is a damaged or incomplete gzip file.", e);
        }
        catch (IOException e)
        {
            throw new LabException($"'{_path}' cannot be read: {e.Message}", e);
        }
    }
}
