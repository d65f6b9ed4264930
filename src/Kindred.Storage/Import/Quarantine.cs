using System.Globalization;
using System.Text;
using Kindred.Storage.Artifacts;

namespace Kindred.Storage.Import;

/// <summary>The rows that an import refused: file, line, column, reason and the beginning of the raw text.</summary>
internal sealed class Quarantine(IArtifactStore artifacts, string name, int maxRows) : IDisposable
{
    private const int RawLength = 1_000;
    private const int QuotedFaults = 3;
    private readonly Dictionary<string, string> _firstFaults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColumnFaults> _faults = new(StringComparer.Ordinal);
    private ArtifactDraft? _draft;
    private StreamWriter? _writer;

    public long Count { get; private set; }

    /// <summary>The first faults in words, each reason once, for the reason why a job failed.</summary>
    public string FirstFaults => string.Join("; ", _firstFaults.Values);

    /// <summary>Why rows are here, by column, the most frequent first.</summary>
    public IReadOnlyList<ColumnFaults> Faults => [.. _faults.Values.OrderByDescending(faults => faults.Rows)];

    public void Add(string file, long line, RowFault fault, ReadOnlySpan<byte> raw)
    {
        Count++;
        if (_firstFaults.Count < QuotedFaults) _firstFaults.TryAdd(fault.Reason, $"{file} line {line}: {fault.Reason}");
        _faults[fault.Column] = _faults.TryGetValue(fault.Column, out var known)
            ? known with { Rows = known.Rows + 1 }
            : new ColumnFaults(fault.Column, 1, $"{file} line {line}: {fault.Reason}");
        if (Count > maxRows) return;
        _writer ??= Create();
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, RawLength * 3)]);
        Write(file, line.ToString(CultureInfo.InvariantCulture), fault.Column, fault.Reason, text.Length > RawLength ? text[..RawLength] : text);
    }

    /// <returns>The file's name, or null if no row was bad.</returns>
    public async Task<string?> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_writer is null) return null;
        if (Count > maxRows) Write("", "", "", $"{Count - maxRows} more bad rows are not listed; {Count} in all", "");
        await _writer.DisposeAsync();
        return await _draft!.PublishAsync(cancellationToken);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _draft?.Dispose();
    }

    private StreamWriter Create()
    {
        _draft = artifacts.Begin(name);
        var writer = new StreamWriter(new FileStream(_draft.Path, FileMode.CreateNew, FileAccess.Write)) { NewLine = "\n" };
        writer.WriteLine("file,line,column,reason,raw");
        return writer;
    }

    private void Write(params ReadOnlySpan<string> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) _writer!.Write(',');
            _writer!.Write('"');
            // Spreadsheets compute such cells; what a row holds must not run where somebody looks at why it was refused.
            if (values[i] is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) _writer.Write('\'');
            // A NUL or a control character would make the report itself unreadable to most programs.
            foreach (var c in values[i]) _writer.Write(c switch { '"' => "\"\"", '\0' => "\u2400", < ' ' and not '\t' => " ", _ => c.ToString() });
            _writer.Write('"');
        }
        _writer!.WriteLine();
    }
}
