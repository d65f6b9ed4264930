using Kindred.Contracts.Refusals;
using Kindred.Files.Csv;
using Kindred.Storage.Schemas;

namespace Kindred.Storage.Import;

/// <summary>Where each column of the schema stands in one file. Columns match by name; the file may have more, in any order.</summary>
internal sealed class HeaderMap
{
    private HeaderMap(int fieldCount, int[] positions) => (FieldCount, Positions) = (fieldCount, positions);

    /// <summary>Fields that every row of the file must have.</summary>
    public int FieldCount { get; }

    /// <summary>Index of the field in a row, for each column of the schema.</summary>
    public IReadOnlyList<int> Positions { get; }

    /// <exception cref="RefusedException">The header does not fit; the import fails.</exception>
    public static HeaderMap Read(ReadOnlySpan<byte> line, bool isOverlong, ParsedSchema schema, string file)
    {
        if (line.StartsWith("\uFEFF"u8)) line = line[3..];
        if (line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw Refused($"The file '{file}' is UTF-16; save it as UTF-8.");
        if (line.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) throw Refused($"The file '{file}' is gzip; give it a name that ends with .gz.");
        if (isOverlong || !CsvHeader.IsText(line)) throw Refused($"The file '{file}' does not begin with a CSV header in UTF-8.");

        var fields = new CsvFields();
        if (fields.Split(line) is { } fault) throw Refused($"The header of '{file}' cannot be read: {fault}.");
        var header = CsvHeader.Read(line, fields, CsvFormat.Import.Separators);
        var names = header.Names.ToList();

        var missing = schema.Fields.Where(f => !names.Contains(f.Name)).Select(f => f.Name).ToList();
        if (missing.Count > 0)
            throw Refused($"Input CSV is missing the following columns:[{string.Join(", ", missing)}]. The header of '{file}' has {header}.");
        var twice = schema.Fields.Where(f => names.IndexOf(f.Name) != names.LastIndexOf(f.Name)).Select(f => f.Name).ToList();
        if (twice.Count > 0)
            throw Refused($"The header of '{file}' has these columns more than once: {string.Join(", ", twice)}.");
        return new HeaderMap(names.Count, [.. schema.Fields.Select(f => names.IndexOf(f.Name))]);
    }

    private static RefusedException Refused(string sentence) => new(RefusalCode.InvalidInput, sentence);
}
