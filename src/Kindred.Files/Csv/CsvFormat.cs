namespace Kindred.Files.Csv;

/// <summary>What is taken for CSV. The default is what the service imports.</summary>
public sealed record CsvFormat
{
    /// <summary>Commas, and a record is a line: an unclosed quote spoils one row and not the rest of the file.</summary>
    public static CsvFormat Import { get; } = new();

    /// <summary>What data frames are saved as: commas, tabs or semicolons, and quoted values that may hold line breaks.</summary>
    public static CsvFormat DataFrame { get; } = new() { Separators = ",\t;", RecordsSpanLines = true };

    /// <summary>What may stand between two fields; the header tells which of them does.</summary>
    public string Separators { get; private init; } = ",";

    /// <summary>Whether a quoted value may hold line breaks.</summary>
    public bool RecordsSpanLines { get; private init; }
}
