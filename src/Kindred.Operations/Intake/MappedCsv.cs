using System.Globalization;
using System.Text;
using Kindred.Files.Csv;
using Kindred.Files.Csv.Inference;

namespace Kindred.Operations.Intake;

/// <summary>
/// An uploaded file with the dataset's columns: others left out, moments as seconds, and gaps where a column of numbers holds none. Read
/// from front to back, in memory that does not depend on the file's size. Rows that cannot be split are passed on as they are, so that the
/// import counts and keeps them among those it refuses.
/// </summary>
internal sealed class MappedCsv : Stream
{
    private const int ChunkCharacters = 1 << 16;
    private readonly CsvReader _rows;
    private readonly ColumnMapping _mapping;
    private readonly bool[] _isGap;
    private readonly bool[] _isMoment;
    private readonly IProgress<long>? _progress;
    private readonly StringBuilder _text = new();
    private byte[] _chunk = [];
    private int _read;
    private bool _isAtEnd;

    /// <param name="gaps">Columns of the dataset whose values stay only where they are numbers.</param>
    /// <param name="progress">Told how many bytes of the file were read.</param>
    public MappedCsv(CsvReader rows, ColumnMapping mapping, IReadOnlyList<string> gaps, IProgress<long>? progress)
    {
        (_rows, _mapping, _progress) = (rows, mapping, progress);
        var names = mapping.Names;
        _isGap = [.. names.Select(gaps.Contains)];
        _isMoment = [.. names.Select(name => mapping.TimestampForm is not TimestampForm.Seconds && IsMoment(name))];
        _text.Append(string.Join(',', names)).Append('\n');
    }

    public static bool IsMoment(string name) =>
        name is "TIMESTAMP" or "CREATION_TIMESTAMP" or "EXPIRATION_TIMESTAMP" or "ACTION_EXPIRATION_TIMESTAMP";

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_read == _chunk.Length && !TryFill()) return 0;
        var length = Math.Min(buffer.Length, _chunk.Length - _read);
        _chunk.AsSpan(_read, length).CopyTo(buffer);
        _read += length;
        return length;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _rows.Dispose();
        base.Dispose(disposing);
    }

    private bool TryFill()
    {
        while (!_isAtEnd && _text.Length < ChunkCharacters)
        {
            if (!_rows.Read(out var fault)) _isAtEnd = true;
            else Add(fault);
        }
        if (_text.Length == 0) return false;
        _progress?.Report(_rows.BytesRead);
        (_chunk, _read) = (Encoding.UTF8.GetBytes(_text.ToString()), 0);
        _text.Clear();
        return true;
    }

    private void Add(string? fault)
    {
        if (fault is not null)
        {
            // One field where there ought to be more: the import refuses it, with its line's text.
            _text.Append('"').Append("unreadable row: ").Append(fault.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\"\n");
            return;
        }
        for (var i = 0; i < _mapping.Kept.Count; i++)
        {
            if (i > 0) _text.Append(',');
            var value = Encoding.UTF8.GetString(_rows.Field(_mapping.Kept[i]));
            if (_isGap[i] && !NumberTally.IsNumber(value)) continue;
            if (_isMoment[i] && Timestamps.TryRead(value, _mapping.TimestampForm, out var seconds))
                _text.Append(seconds.ToString(CultureInfo.InvariantCulture));
            else AddText(value);
        }
        _text.Append('\n');
    }

    private void AddText(string value)
    {
        if (!value.AsSpan().ContainsAny(",\"\r\n"))
        {
            _text.Append(value);
            return;
        }
        // A record of an import is a line: breaks inside a value become spaces.
        _text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")).Append('"');
    }
}
