using System.Text;

namespace Kindred.Files.Csv;

/// <summary>
/// Reads a CSV file with a header, record after record, without a string per field. Fields are as <see cref="CsvFields"/> tells.
/// </summary>
public sealed class CsvReader : IDisposable
{
    private const int MaxRecordBytes = 1 << 26;
    private const byte Quote = (byte)'"';

    private readonly Stream _stream;
    private readonly CsvFormat _format;
    private readonly LineReader _lines;
    private CsvFields _fields = new();
    private byte _separator = (byte)',';
    private byte[] _joined = [];
    private int _joinedLength;
    private bool _isJoined;

    private CsvReader(string path, Stream stream, CsvFormat format)
    {
        (Path, _format, _stream) = (path, format, stream);
        _lines = new LineReader(_stream, MaxRecordBytes);
        Header = null!;
    }

    /// <summary>The file that is read, or what messages call it.</summary>
    public string Path { get; }

    /// <summary>The names of the columns.</summary>
    public CsvHeader Header { get; private set; }

    /// <summary>What stands between two fields.</summary>
    public char Separator => (char)_separator;

    /// <summary>Line on which the current record begins; the first is 1.</summary>
    public long Line { get; private set; }

    /// <summary>Fields of the current record.</summary>
    public int FieldCount => _fields.Count;

    /// <summary>Bytes of text read so far.</summary>
    public long BytesRead => _lines.BytesRead;

    private ReadOnlySpan<byte> Record => _isJoined ? _joined.AsSpan(0, _joinedLength) : _lines.Line;

    /// <summary>Opens a file, plain or gzip, and reads its header.</summary>
    /// <exception cref="CsvException">There is no such file, or it is no CSV with a header.</exception>
    public static CsvReader Open(string path, CsvFormat format)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(format);
        return Open(new CsvReader(path, CsvFile.Open(path), format));
    }

    /// <summary>Reads a stream, plain or gzip, and its header first. The stream is the reader's from now on, whatever happens.</summary>
    /// <param name="stream">Read from where it stands.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="format">What is taken for CSV.</param>
    /// <exception cref="CsvException">It is no CSV with a header.</exception>
    public static CsvReader Open(Stream stream, string name, CsvFormat format)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(format);
        return Open(new CsvReader(name, CsvFile.Unpack(stream, name), format));
    }

    private static CsvReader Open(CsvReader reader)
    {
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
    /// <exception cref="CsvException">The record does not have the header's number of fields, or its quotes do not close.</exception>
    public bool Read()
    {
        if (!Read(out var fault)) return false;
        return fault is null ? true : throw Fault(fault);
    }

    /// <summary>Moves to the next record, be it good or bad; blank lines are passed over.</summary>
    /// <param name="fault">What is wrong with the record, which then has no fields to be read; or null.</param>
    /// <returns><see langword="false"/> after the last one.</returns>
    /// <exception cref="CsvException">The file cannot be read on.</exception>
    public bool Read(out string? fault)
    {
        if (!ReadRecord(out fault)) return false;
        if (fault is null && FieldCount != Header.Names.Count)
            fault = $"there {(FieldCount == 1 ? "is 1 field" : $"are {FieldCount} fields")} where the header has {Header.Names.Count}";
        return true;
    }

    /// <summary>A field of the current record, without its quotes; valid until the next record is read.</summary>
    public ReadOnlySpan<byte> Field(int index) => _fields.Field(Record, index);

    /// <summary>A field as text, for messages: shortened, on one line.</summary>
    public string Quoted(int index)
    {
        var text = Encoding.UTF8.GetString(Field(index));
        text = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c).Take(41)]);
        return text.Length > 40 ? $"'{text[..40]}…'" : $"'{text}'";
    }

    /// <summary>What is wrong with the current record, as a sentence that names file and line.</summary>
    public CsvException Fault(string what) => new($"'{Path}', line {Line}: {what}.");

    public void Dispose() => _stream.Dispose();

    private void ReadHeader()
    {
        do
        {
            if (!MoveNext()) throw new CsvException($"'{Path}' is empty; a CSV file with a header line was expected.");
        }
        while (WithoutMark(_lines.Line).IsEmpty);
        var line = WithoutMark(_lines.Line);
        if (line.Contains((byte)0))
            throw new CsvException($"'{Path}' holds binary data; CSV in UTF-8 with a header line was expected.");
        if (_lines.IsOverlong || !CsvHeader.IsText(line))
            throw new CsvException($"'{Path}' holds binary data or text that is not UTF-8; CSV in UTF-8 with a header line was expected.");
        var found = CsvSeparator.Find(line);
        _separator = (byte)(_format.Separators.Contains(found, StringComparison.Ordinal) ? found : _format.Separators[0]);
        _fields = new CsvFields(_separator);
        Line = _lines.Number;
        if (Split(line) is { } fault) throw Fault(fault);
        Header = CsvHeader.Read(_isJoined ? Record : line, _fields, _format.Separators);
    }

    /// <summary>The first line without the mark that some programs put before UTF-8.</summary>
    private ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) =>
        _lines.Number == 1 && line.StartsWith("\uFEFF"u8) ? line[3..] : line;

    private bool ReadRecord(out string? fault)
    {
        fault = null;
        do
        {
            if (!MoveNext()) return false;
        }
        while (_lines.Line.IsEmpty);
        Line = _lines.Number;
        fault = _lines.IsOverlong ? TooLong : Split(_lines.Line);
        return true;
    }

    private static string TooLong => $"the record is longer than {MaxRecordBytes >> 20} MiB; is a quote not closed";

    /// <summary>Splits the record that begins with a line, reading on while a quote is open.</summary>
    private string? Split(ReadOnlySpan<byte> line)
    {
        _isJoined = false;
        var fault = _fields.Split(line);
        if (fault is null || !_fields.IsOpen || !_format.RecordsSpanLines) return fault;
        (_isJoined, _joinedLength) = (true, 0);
        Join(line);
        while (true)
        {
            var lineBreak = _lines.EndsWithCarriageReturn ? "\r\n"u8 : "\n"u8;
            if (!MoveNext()) return "a quote is opened and never closed";
            Join(lineBreak);
            Join(_lines.Line);
            if (_lines.IsOverlong || _joinedLength > MaxRecordBytes) return TooLong;
            if (!MayClose(_lines.Line)) continue;
            fault = _fields.Split(Record);
            if (fault is null || !_fields.IsOpen) return fault;
        }
    }

    /// <summary>A quote that ends a field ends it at a separator or at the end of a line: without one there is no need to look.</summary>
    private bool MayClose(ReadOnlySpan<byte> line) =>
        line.EndsWith((ReadOnlySpan<byte>)[Quote]) || line.IndexOf([Quote, _separator]) >= 0;

    private void Join(ReadOnlySpan<byte> bytes)
    {
        if (_joined.Length - _joinedLength < bytes.Length)
            Array.Resize(ref _joined, Math.Max(_joined.Length * 2, _joinedLength + bytes.Length));
        bytes.CopyTo(_joined.AsSpan(_joinedLength));
        _joinedLength += bytes.Length;
    }

    private bool MoveNext()
    {
        try
        {
            return _lines.MoveNext();
        }
        catch (InvalidDataException e)
        {
            throw new CsvException($"'{Path}' is a damaged or incomplete gzip file.", e);
        }
        catch (IOException e)
        {
            throw new CsvException($"'{Path}' cannot be read: {e.Message}", e);
        }
    }
}
