using System.Text;
using Kindred.Files.Csv;
using Kindred.Files.Csv.Inference;

namespace Kindred.Demo.OwnData;

/// <summary>One of the user's CSV files, plain or gzip, with its columns named as the contract names them.</summary>
internal sealed class OwnFile
{
    private readonly string _path;
    private readonly CsvHeader _header;
    private readonly int[] _required;

    private OwnFile(string path, IReadOnlyList<string> required)
    {
        _path = path;
        using var csv = OpenCsv();
        _header = csv.Header;
        Columns = [.. _header.Names.Select(HeaderNames.Normalise)];
        _required = [.. required.Select(name => Columns.IndexOf(name)).Where(column => column >= 0)];
    }

    public string Name => Path.GetFileName(_path);
    public long SizeBytes => new FileInfo(_path).Length;
    public DateTime ChangedAt => File.GetLastWriteTimeUtc(_path);
    /// <summary>As the contract names them.</summary>
    public List<string> Columns { get; }
    /// <summary>What the header line has, for messages.</summary>
    public string Header => _header.ToString();
    /// <summary>The rows that the last pass left out, as a sentence; null when there were none.</summary>
    public string? Note { get; private set; }
    /// <summary>Columns whose values are uploaded only where they are numbers.</summary>
    public IReadOnlyCollection<string> Gaps { get; set; } = [];
    /// <summary>How columns were read that do not speak for themselves, one sentence each.</summary>
    public IReadOnlyList<string> Readings { get; set; } = [];

    /// <summary>Finds <c>{name}.csv</c> or <c>{name}.csv.gz</c> in a folder; null when there is neither.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="required">Columns that must not be empty in a row, as the contract names them.</param>
    /// <exception cref="DemoFailedException">The file is empty or no CSV.</exception>
    public static OwnFile? Find(string folder, string name, IReadOnlyList<string> required)
    {
        var path = new[] { $"{name}.csv", $"{name}.csv.gz" }.Select(f => Path.Combine(folder, f)).FirstOrDefault(File.Exists);
        return path is null ? null : new OwnFile(path, required);
    }

    /// <summary>
    /// The rows as strings, in the order of <see cref="Columns"/>. Rows that the import will refuse for their form, or because a
    /// required column is empty, are left out.
    /// </summary>
    /// <exception cref="DemoFailedException">The file cannot be read to its end.</exception>
    public IEnumerable<string[]> Rows()
    {
        using var csv = OpenCsv();
        var (bad, first) = (0L, "");
        while (Next(csv, out var row, out var fault))
        {
            if (row is not null) yield return row;
            else if (bad++ == 0) first = $"line {csv.Line}: {fault}";
        }
        Note = bad == 0 ? null : $"{bad} row{(bad == 1 ? "" : "s")} of {Name} cannot be used; the first is {first}.";
    }

    /// <summary>
    /// The bytes to upload: the file itself, or a copy with the header line rewritten, without the rows that cannot be used and with gaps
    /// where numbers are none. The copy is deleted when closed.
    /// </summary>
    public Stream OpenForUpload()
    {
        if (IsUploadedAsItIs) return File.OpenRead(_path);
        var copy = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20, FileOptions.DeleteOnClose);
        copy.Write(Encoding.UTF8.GetBytes(string.Join(',', Columns) + "\n"));
        int[] gaps = [.. Gaps.Select(name => Columns.IndexOf(name))];
        using (var writer = new StreamWriter(copy, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" })
        {
            foreach (var row in Rows())
            {
                foreach (var gap in gaps.Where(gap => !NumberTally.IsNumber(row[gap]))) row[gap] = "";
                writer.WriteLine(string.Join(',', row.Select(Quoted)));
            }
        }
        copy.Position = 0;
        return copy;
    }

    /// <summary>The name of the object to upload: a rewritten gzip file is uploaded plain.</summary>
    public string UploadName(string name) =>
        _path.EndsWith(".gz", StringComparison.Ordinal) && IsUploadedAsItIs ? $"{name}.csv.gz" : $"{name}.csv";

    private bool IsUploadedAsItIs => Columns.SequenceEqual(_header.Names) && Gaps.Count == 0 && Note is null;

    private static string Quoted(string value) =>
        value.AsSpan().ContainsAny(",\"") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    /// <summary>The next row, or why it cannot be used.</summary>
    private bool Next(CsvReader csv, out string[]? row, out string? fault)
    {
        try
        {
            row = null;
            if (!csv.Read(out fault)) return false;
            if (fault is not null) return true;
            row = new string[Columns.Count];
            for (var c = 0; c < row.Length; c++) row[c] = Encoding.UTF8.GetString(csv.Field(c));
            foreach (var column in _required)
            {
                if (row[column].Length == 0) (row, fault) = (null, $"{Columns[column]} is empty");
                if (row is null) break;
            }
            return true;
        }
        catch (CsvException damage)
        {
            throw new DemoFailedException(damage.Message);
        }
    }

    private CsvReader OpenCsv()
    {
        try
        {
            return CsvReader.Open(_path, CsvFormat.Import);
        }
        catch (CsvException fault)
        {
            throw new DemoFailedException(fault.Message);
        }
    }
}
