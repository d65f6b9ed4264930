using System.Text;
using System.Text.Unicode;

namespace Kindred.Files.Csv;

/// <summary>The first line of a CSV file: the names of its columns.</summary>
public sealed class CsvHeader
{
    private const int MostNamed = 12;
    private const int LongestNamed = 40;
    private readonly string _separatorFault;

    private CsvHeader(IReadOnlyList<string> names, string separatorFault) => (Names, _separatorFault) = (names, separatorFault);

    /// <summary>The names as the file has them, without quotes and surrounding spaces.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a header line whose fields were split already.</summary>
    /// <param name="line">The line in UTF-8.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="separators">The separators that would do, such as <c>,</c>.</param>
    public static CsvHeader Read(ReadOnlySpan<byte> line, CsvFields fields, string separators)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(separators);
        var names = new string[fields.Count];
        for (var i = 0; i < names.Length; i++) names[i] = Encoding.UTF8.GetString(fields.Field(line, i)).Trim();
        return new CsvHeader(names, CsvSeparator.Fault(CsvSeparator.Find(line), separators));
    }

    /// <summary>Whether a line can be a header at all: text in UTF-8 without NUL.</summary>
    public static bool IsText(ReadOnlySpan<byte> line) => !line.Contains((byte)0) && Utf8.IsValid(line);

    /// <summary>What was found, for messages: the names, and a separator that was not expected.</summary>
    public override string ToString() =>
        string.Join(", ", Names.Take(MostNamed).Select(Printable)) + (Names.Count > MostNamed ? ", …" : "") + _separatorFault;

    private static string Printable(string name)
    {
        var clean = new string([.. name.Take(LongestNamed).Select(c => char.IsControl(c) ? '?' : c)]);
        return clean.Length == 0 ? "(a column without a name)" : clean;
    }
}
