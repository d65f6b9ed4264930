using System.Text;
using Kindred.Files.Csv;
using Kindred.Recipes.Metadata;

namespace Kindred.Lab.Files;

/// <summary>Reads an items or users dataset: the id, and whatever is known about it. What kind of values a column holds is told from them.</summary>
internal static class AttributeFile
{
    // Columns are told by their first rows; more would not change the answer and the file is read only once.
    private const int SampleRows = 20_000;

    /// <param name="path">CSV, plain or gzip.</param>
    /// <param name="idColumn"><see cref="Columns.ItemId"/> or <see cref="Columns.UserId"/>.</param>
    /// <param name="maxColumns">Most metadata columns.</param>
    /// <param name="cancellationToken">Looked at between rows.</param>
    /// <returns>The rows, and how each column was read.</returns>
    /// <exception cref="LabException">The file cannot be read, lacks the id column, or a row is wrong.</exception>
    public static (AttributeTableBuilder Table, IReadOnlyList<ColumnReading> Columns) Read(string path, string idColumn, int maxColumns, CancellationToken cancellationToken)
    {
        using var csv = CsvReader.Open(path, CsvFormat.DataFrame);
        Columns.Require(csv, idColumn);
        var id = Columns.Find(csv, idColumn);
        var others = Enumerable.Range(0, csv.Header.Names.Count).Where(column => column != id).ToArray();
        string[] names = [.. others.Select(column => csv.Header.Names[column].ToUpperInvariant())];

        var sample = new List<(string Id, string?[] Values)>();
        while (sample.Count < SampleRows && csv.Read())
            sample.Add(RowOf(csv, id, idColumn, others));
        if (sample.Count == 0)
            throw new LabException($"'{path}' has a header but no rows.");
        try
        {
            var columns = AttributeKinds.Infer(names, sample.Select(row => row.Values));
            var builder = new AttributeTableBuilder(columns, maxColumns);
            ColumnReading[] readings = [.. columns.Select(column => new ColumnReading(column))];
            foreach (var (key, values) in sample)
                Add(key, values);
            for (var rows = 0; csv.Read(); rows++)
            {
                if (rows % 1024 == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                var (key, values) = RowOf(csv, id, idColumn, others);
                Add(key, values);
            }
            return (builder, readings);

            void Add(string key, string?[] values)
            {
                builder.Add(key, values);
                for (var c = 0; c < readings.Length; c++)
                    readings[c].Observe(values[c]);
            }
        }
        catch (InvalidDataException e)
        {
            throw new LabException($"'{path}': {e.Message}", e);
        }
    }

    private static (string Id, string?[] Values) RowOf(CsvReader csv, int id, string idColumn, int[] others)
    {
        if (FieldText.FaultOfId(csv.Field(id)) is { } fault)
            throw csv.Fault($"{idColumn} {fault}");
        var key = Encoding.UTF8.GetString(csv.Field(id));
        var values = new string?[others.Length];
        for (var i = 0; i < others.Length; i++)
            values[i] = Encoding.UTF8.GetString(csv.Field(others[i]));
        return (key, values);
    }
}
