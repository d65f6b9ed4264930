using System.IO.Compression;
using System.Text;
using Sylvan.Data.Csv;

namespace Kindred.Demo.OwnData;

/// <summary>One of the user's CSV files, plain or gzip, with its columns named as the contract names them.</summary>
internal sealed class OwnFile
{
    private const int SampleRows = 1_000;
    private readonly string _path;

    private OwnFile(string path, string[] headers)
    {
        _path = path;
        Headers = headers;
        Columns = [.. headers.Select(HeaderNames.Normalise)];
    }

    public string Name => Path.GetFileName(_path);
    public long SizeBytes => new FileInfo(_path).Length;
    public DateTime ChangedAt => File.GetLastWriteTimeUtc(_path);
    /// <summary>As the file has them.</summary>
    public IReadOnlyList<string> Headers { get; }
    /// <summary>As the contract names them.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Finds <c>{name}.csv</c> or <c>{name}.csv.gz</c> in a folder; null when there is neither.</summary>
    /// <exception cref="DemoFailedException">The file is empty.</exception>
    public static OwnFile? Find(string folder, string name)
    {
        var path = new[] { $"{name}.csv", $"{name}.csv.gz" }.Select(f => Path.Combine(folder, f)).FirstOrDefault(File.Exists);
        if (path is null) return null;
        using var reader = new StreamReader(Open(path), Encoding.UTF8);
        var header = reader.ReadLine();
        if (string.IsNullOrWhiteSpace(header)) throw new DemoFailedException($"{path} is empty; its first line must name the columns.");
        return new OwnFile(path, header.Split(','));
    }

    /// <summary>The rows as strings, in the order of <see cref="Columns"/>; rows that are too short are passed over.</summary>
    public IEnumerable<string[]> Rows()
    {
        using var text = new StreamReader(Open(_path), Encoding.UTF8);
        using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { BufferSize = 1 << 20 });
        while (csv.Read())
        {
            if (csv.RowFieldCount < Columns.Count) continue;
            var row = new string[Columns.Count];
            for (var c = 0; c < row.Length; c++) row[c] = csv.GetString(c);
            yield return row;
        }
    }

    public List<string[]> Sample() => [.. Rows().Take(SampleRows)];

    /// <summary>The bytes to upload: the file itself, or a copy with the header line rewritten, which is deleted when closed.</summary>
    public Stream OpenForUpload()
    {
        if (Columns.SequenceEqual(Headers)) return File.OpenRead(_path);
        var copy = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20, FileOptions.DeleteOnClose);
        copy.Write(Encoding.UTF8.GetBytes(string.Join(',', Columns) + "\n"));
        using var rows = Open(_path);
        while (rows.ReadByte() is not (-1 or '\n')) { /* the old header */ }
        rows.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    /// <summary>The name of the object to upload: a rewritten gzip file is uploaded plain.</summary>
    public string UploadName(string name) => _path.EndsWith(".gz", StringComparison.Ordinal) && Columns.SequenceEqual(Headers) ? $"{name}.csv.gz" : $"{name}.csv";

    private static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return path.EndsWith(".gz", StringComparison.Ordinal) ? new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 16) : file;
    }
}
