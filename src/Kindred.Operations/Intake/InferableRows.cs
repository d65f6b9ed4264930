using System.Globalization;
using System.Text;
using Kindred.Files.Csv;
using Kindred.Files.Csv.Inference;

namespace Kindred.Operations.Intake;

/// <summary>The rows of a file that tell what its columns hold: those that an import could take at all.</summary>
internal sealed class InferableRows(CsvReader csv, ColumnMapping mapping)
{
    private const int RowsPerReport = 1 << 14;
    private string? _firstFault;

    public long Count { get; private set; }

    /// <summary>Filled when the rows are interactions.</summary>
    public DataTally Tally { get; } = new();

    /// <summary>Why there is no such row, for people.</summary>
    public string WhyNone => _firstFault is null
        ? "The file has a header and no rows."
        : $"No row of the file can be used; the first is {_firstFault}.";

    /// <summary>Rows in the order of the mapping's names, moments as seconds.</summary>
    public IEnumerable<string[]> Read(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var names = mapping.Names.ToList();
        var (user, item) = (names.IndexOf("USER_ID"), names.IndexOf("ITEM_ID"));
        int[] required = [.. SchemaInference.RequiredColumns(mapping.DatasetType).Select(name => names.IndexOf(name)).Where(i => i >= 0)];
        for (var read = 0L; csv.Read(out var fault); read++)
        {
            if (read % RowsPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(csv.BytesRead);
            }
            if (fault is null && Arrange(names, required, out fault) is { } row)
            {
                Count++;
                if (user >= 0 && item >= 0) Tally.Add(row[user], row[item]);
                yield return row;
            }
            else _firstFault ??= $"line {csv.Line}: {fault}";
        }
    }

    private string[]? Arrange(List<string> names, int[] required, out string? fault)
    {
        fault = null;
        var row = new string[names.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Encoding.UTF8.GetString(csv.Field(mapping.Kept[i]));
            if (!MappedCsv.IsMoment(names[i]) || row[i].Length == 0) continue;
            if (!Timestamps.TryRead(row[i], mapping.TimestampForm, out var seconds))
            {
                fault = $"'{(row[i].Length > 40 ? row[i][..40] : row[i])}' in {names[i]} is no time that can be read";
                return null;
            }
            row[i] = seconds.ToString(CultureInfo.InvariantCulture);
        }
        foreach (var column in required)
        {
            if (row[column].Length > 0) continue;
            fault = $"{names[column]} is empty";
            return null;
        }
        return row;
    }
}
