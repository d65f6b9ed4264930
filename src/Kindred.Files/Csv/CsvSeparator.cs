namespace Kindred.Files.Csv;

/// <summary>What stands between a file's fields, as far as its header tells.</summary>
public static class CsvSeparator
{
    /// <summary>The first of comma, tab, semicolon and bar that the header holds; a comma when it holds none.</summary>
    public static char Find(ReadOnlySpan<byte> header)
    {
        foreach (var separator in ",\t;|"u8)
        {
            if (header.Contains(separator)) return (char)separator;
        }
        return ',';
    }

    /// <summary>What is wrong with a header's separator, as the end of a sentence; nothing when it is one of those expected.</summary>
    /// <param name="found">As <see cref="Find"/> told.</param>
    /// <param name="expected">The separators that would do, such as <c>,</c>.</param>
    public static string Fault(char found, string expected) => expected.Contains(found, StringComparison.Ordinal)
        ? ""
        : $", separated by {NameOf(found)} where {string.Join(" or ", expected.Select(NameOf))} was expected";

    private static string NameOf(char separator) => separator switch
    {
        ',' => "a comma",
        '\t' => "a tab",
        ';' => "a semicolon",
        _ => $"'{separator}'",
    };
}
