namespace Kindred.Storage.Import;

/// <summary>
/// The fields of one line. A field that begins with a double quote ends with one; inside, <c>\"</c> and <c>""</c> are a
/// quote and <c>\\</c> is a backslash. Elsewhere quotes and backslashes are ordinary characters.
/// </summary>
internal sealed class CsvFields
{
    private const byte Comma = (byte)',';
    private const byte Quote = (byte)'"';
    private const byte Backslash = (byte)'\\';

    private (int Start, int Length, bool Unescaped)[] _fields = new (int, int, bool)[16];
    private byte[] _unescaped = [];
    private int _unescapedLength;

    public int Count { get; private set; }

    /// <param name="line">The line that was split.</param>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int index)
    {
        var (start, length, unescaped) = _fields[index];
        return unescaped ? _unescaped.AsSpan(start, length) : line.Slice(start, length);
    }

    /// <param name="maxFields">Fields beyond this number are counted no further.</param>
    /// <returns>What is wrong with the line's quotes, or null.</returns>
    public string? Split(ReadOnlySpan<byte> line, int maxFields = int.MaxValue)
    {
        (Count, _unescapedLength) = (0, 0);
        for (var at = 0; ; at++)
        {
            if (at < line.Length && line[at] == Quote)
            {
                if (ReadQuoted(line, at + 1, out at) is { } fault) return fault;
            }
            else
            {
                var length = line[at..].IndexOf(Comma);
                if (length < 0) length = line.Length - at;
                Add(at, length, unescaped: false);
                at += length;
            }
            if (at == line.Length || Count > maxFields) return null;
        }
    }

    private string? ReadQuoted(ReadOnlySpan<byte> line, int start, out int end)
    {
        var at = start;
        var unescapedStart = -1;
        while (true)
        {
            var special = line[at..].IndexOfAny(Quote, Backslash);
            if (special < 0)
            {
                end = line.Length;
                return $"the quote that opens field {Count + 1} is not closed on its line";
            }
            var closes = line[at + special] == Quote && (at + special + 1 == line.Length || line[at + special + 1] != Quote);
            if (unescapedStart < 0)
            {
                if (closes)
                {
                    Add(start, at + special - start, unescaped: false);
                    return End(line, at + special + 1, out end);
                }
                unescapedStart = _unescapedLength;
                if (_unescaped.Length - _unescapedLength < line.Length) Array.Resize(ref _unescaped, _unescapedLength + line.Length);
            }
            Keep(line.Slice(at, special));
            at += special;
            if (closes)
            {
                Add(unescapedStart, _unescapedLength - unescapedStart, unescaped: true);
                return End(line, at + 1, out end);
            }
            // What is left is a pair: "" or \" or \\, and a backslash before anything else stands for itself.
            var isPair = line[at] == Quote || at + 1 < line.Length && line[at + 1] is Quote or Backslash;
            Keep(line.Slice(isPair ? at + 1 : at, 1));
            at += isPair ? 2 : 1;
        }
    }

    private string? End(ReadOnlySpan<byte> line, int at, out int end)
    {
        end = at;
        return at == line.Length || line[at] == Comma ? null : $"field {Count} goes on after its closing quote; write a quote inside a value as \\\"";
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
