using System.Globalization;
using System.Text;
using Kindred.Files;

namespace Kindred.Storage.Import;

/// <summary>The rows that an import refused: file, line, column, reason and the beginning of the raw text.</summary>
internal sealed class Quarantine(string dataRoot, string relativePath, int maxRows) : IDisposable
{
    private const int RawLength = 1_000;
    private const int QuotedFaults = 3;
    private readonly List<string> _firstFaults = [];
    private string? _temporaryPath;
    private StreamWriter? _writer;

    public static string PathOf(CsvImport import) => string.Join('/', "quarantine", import.DatasetGroupArn.Account, import.DatasetGroupArn.Name, import.ImportJobArn.Name + ".csv");

    public long Count { get; private set; }

    /// <summary>The first faults in words, for the reason why a job failed.</summary>
    public string FirstFaults => string.Join("; ", _firstFaults);

    public void Add(string file, long line, RowFault fault, ReadOnlySpan<byte> raw)
    {
        Count++;
        if (_firstFaults.Count < QuotedFaults) _firstFaults.Add($"{file} line {line}: {fault.Reason}");
        if (Count > maxRows) return;
        _writer ??= Create();
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, RawLength * 3)]);
        Write(file, line.ToString(CultureInfo.InvariantCulture), fault.Column, fault.Reason, text.Length > RawLength ? text[..RawLength] : text);
    }

    /// <returns>The file's path relative to the data folder, or null if no row was bad.</returns>
    public string? Complete()
    {
        if (_writer is null) return null;
        if (Count > maxRows) Write("", "", "", $"{Count - maxRows} more bad rows are not listed; {Count} in all", "");
        _writer.Flush();
        ((FileStream)_writer.BaseStream).Flush(flushToDisk: true);
        _writer.Dispose();
        DurableFile.Publish(_temporaryPath!, Path.Combine(dataRoot, relativePath));
        _temporaryPath = null;
        return relativePath;
    }

    public void Dispose()
    {
        _writer?.Dispose();
        if (_temporaryPath is not null) File.Delete(_temporaryPath);
    }

    private StreamWriter Create()
    {
        var path = Path.Combine(dataRoot, relativePath);
        DurableFile.CreateDirectory(Path.GetDirectoryName(path)!);
        _temporaryPath = DurableFile.TemporaryPathFor(path);
        var writer = new StreamWriter(new FileStream(_temporaryPath, FileMode.CreateNew, FileAccess.Write)) { NewLine = "\n" };
        writer.WriteLine("file,line,column,reason,raw");
        return writer;
    }

    private void Write(params ReadOnlySpan<string> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) _writer!.Write(',');
            _writer!.Write('"');
            // A NUL or a control character would make the report itself unreadable to most programs.
            foreach (var c in values[i]) _writer.Write(c switch { '"' => "\"\"", '\0' => "\u2400", < ' ' and not '\t' => " ", _ => c.ToString() });
            _writer.Write('"');
        }
        _writer!.WriteLine();
    }
}
