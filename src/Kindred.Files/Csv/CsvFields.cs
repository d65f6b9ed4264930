namespace Kindred.Files.Csv;

/// <summary>
/// The fields of one record. A field that begins with a double quote ends with one; inside, <c>\"</c> and <c>""</c> are a
/// quote and <c>\\</c> is a backslash. Elsewhere quotes and backslashes are ordinary characters.
/// </summary>
/// <remarks>
/// Programs that only double their quotes write <c>"C:\"</c>. So where a record's quotes do not work out, it is read once more,
/// with a backslash before the quote that ends a field as an ordinary character.
/// </remarks>
/// <param name="separator">What stands between two fields.</param>
public sealed class CsvFields(byte separator = (byte)',')
{
    private const byte Quote = (byte)'"';
    private const byte Backslash = (byte)'\\';

    private (int Start, int Length, bool Unescaped)[] _fields = new (int, int, bool)[16];
    private byte[] _unescaped = [];
    private int _unescapedLength;
    private bool _hasEscapedQuote;
    private bool _backslashMayEnd;

    /// <summary>Fields of the record that was split last.</summary>
    public int Count { get; private set; }

    /// <summary>The record's last quote is not closed: in a file whose values hold line breaks, the record goes on.</summary>
    public bool IsOpen { get; private set; }

    /// <param name="record">The record that was split.</param>
    /// <param name="index">0 for the first field.</param>
    /// <returns>The field without its quotes. Valid until the next record is split.</returns>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> record, int index)
    {
        var (start, length, unescaped) = _fields[index];
        return unescaped ? _unescaped.AsSpan(start, length) : record.Slice(start, length);
    }

    /// <param name="record">One record, without its line break.</param>
    /// <param name="maxFields">Fields beyond this number are counted no further.</param>
    /// <returns>What is wrong with the record's quotes, or null.</returns>
    public string? Split(ReadOnlySpan<byte> record, int maxFields = int.MaxValue)
    {
        (_hasEscapedQuote, _backslashMayEnd) = (false, false);
        var fault = SplitOnce(record, maxFields);
        if (fault is null || !_hasEscapedQuote) return fault;
        var wasOpen = IsOpen;
        _backslashMayEnd = true;
        if (SplitOnce(record, maxFields) is null) return null;
        IsOpen |= wasOpen;
        return fault;
    }

    private string? SplitOnce(ReadOnlySpan<byte> record, int maxFields)
    {
        (Count, _unescapedLength, IsOpen) = (0, 0, false);
        for (var at = 0; ; at++)
        {
            if (at < record.Length && record[at] == Quote)
            {
                if (ReadQuoted(record, at + 1, out at) is { } fault) return fault;
            }
            else
            {
                var length = record[at..].IndexOf(separator);
                if (length < 0) length = record.Length - at;
                Add(at, length, unescaped: false);
                at += length;
            }
            if (at == record.Length || Count > maxFields) return null;
        }
    }

    private string? ReadQuoted(ReadOnlySpan<byte> record, int start, out int end)
    {
        var at = start;
        var unescapedStart = -1;
        while (true)
        {
            var special = record[at..].IndexOfAny(Quote, Backslash);
            if (special < 0)
            {
                (end, IsOpen) = (record.Length, true);
                return $"the quote that opens field {Count + 1} is not closed on its line";
            }
            var closes = record[at + special] == Quote && (at + special + 1 == record.Length || record[at + special + 1] != Quote);
            if (unescapedStart < 0)
            {
                if (closes)
                {
                    Add(start, at + special - start, unescaped: false);
                    return End(record, at + special + 1, out end);
                }
                unescapedStart = _unescapedLength;
                if (_unescaped.Length - _unescapedLength < record.Length)
                    Array.Resize(ref _unescaped, _unescapedLength + record.Length);
            }
            Keep(record.Slice(at, special));
            at += special;
            if (closes)
            {
                Add(unescapedStart, _unescapedLength - unescapedStart, unescaped: true);
                return End(record, at + 1, out end);
            }
            // What is left is a pair: "" or \" or \\, and a backslash before anything else stands for itself.
            var isPair = record[at] == Quote || IsEscape(record, at);
            Keep(record.Slice(isPair ? at + 1 : at, 1));
            at += isPair ? 2 : 1;
        }
    }

    private bool IsEscape(ReadOnlySpan<byte> record, int backslash)
    {
        var next = backslash + 1;
        if (next == record.Length) return false;
        if (record[next] != Quote) return record[next] == Backslash;
        _hasEscapedQuote = true;
        return !(_backslashMayEnd && (next + 1 == record.Length || record[next + 1] == separator));
    }

    private string? End(ReadOnlySpan<byte> record, int at, out int end)
    {
        end = at;
        return at == record.Length || record[at] == separator
            ? null
            : $"field {Count} goes on after its closing quote; write a quote inside a value as \\\" or twice";
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_unescaped.AsSpan(_unescapedLength));
        _unescapedLength += bytes.Length;
    }

    private void Add(int start, int length, bool unescaped)
    {
        if (Count == _fields.Length) Array.Resize(ref _fields, Count * 2);
        _fields[Count++] = (start, length, unescaped);
    }
}
