using System.Buffers;
using System.Text;

namespace Kindred.Storage.Export;

/// <summary>Spells rows as imports read them.</summary>
internal static class CsvRow
{
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n\0");
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"");

    /// <summary>Writes a line, its break included. A record is a line: breaks inside a value become spaces.</summary>
    public static void Write(ReadOnlySpan<string?> values, StringBuilder line)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) line.Append(',');
            if (values[i] is { } value) Write(value, line);
        }
        line.Append('\n');
    }

    private static void Write(string value, StringBuilder line)
    {
        var isQuoted = value.AsSpan().ContainsAny(Special);
        if (!isQuoted && !value.AsSpan().ContainsAny(LineBreaks))
        {
            line.Append(value);
            return;
        }
        if (isQuoted) line.Append('"');
        foreach (var c in value)
        {
            if (LineBreaks.Contains(c)) line.Append(' ');
            else
            {
                if (isQuoted && c is '"' or '\\') line.Append('\\');
                line.Append(c);
            }
        }
        if (isQuoted) line.Append('"');
    }
}
