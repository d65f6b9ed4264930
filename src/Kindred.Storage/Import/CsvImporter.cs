using System.IO.Compression;
using Kindred.Contracts.Refusals;
using Kindred.Files.Csv;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Import;

/// <summary>Turns CSV files into a segment, in one pass and in memory that does not depend on their size.</summary>
/// <remarks>
/// Interactions with identical timestamp and properties are not looked for here: that would take memory for every row.
/// They lie side by side once sorted by user and time, and are dropped there (UserHistory, and training's log).
/// </remarks>
public sealed class CsvImporter
{
    private const int LinesPerReport = 1 << 15;

    private readonly CsvImport _import;
    private readonly IProgress<ImportProgress>? _progress;
    private readonly SegmentWriter _segment;
    private readonly Quarantine _quarantine;
    private readonly RowReader _rows;
    private long _bytesRead;
    private long _textBytes;

    private CsvImporter(CsvImport import, IProgress<ImportProgress>? progress, SegmentWriter segment, Quarantine quarantine)
    {
        (_import, _progress, _segment, _quarantine) = (import, progress, segment, quarantine);
        _rows = new RowReader(import.Schema, import.DatasetType, import.Now);
    }

    /// <exception cref="RefusedException">The job fails as a whole; the message is its failure reason.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was written is removed.</exception>
    public static async Task<ImportOutcome> ImportAsync(
        CsvImport import, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(import);
        var sources = CsvFiles(import.Sources);
        var file = SegmentFile.New(import.DatasetGroupArn, import.DatasetType, import.Sequence);
        using var quarantine = new Quarantine(
            import.Artifacts, ArtifactNames.QuarantineOf(import.DatasetGroupArn, import.ImportJobArn), import.QuarantineRows);
        await using var segment = SegmentWriter.Create(import.Artifacts, file, import.DatasetType, SegmentColumns.Bulk(import.Schema));

        var importer = new CsvImporter(import, progress, segment, quarantine);
        foreach (var source in sources) await importer.ReadAsync(source, cancellationToken);
        return await importer.CompleteAsync(cancellationToken);
    }

    private static List<CsvSource> CsvFiles(IReadOnlyList<CsvSource> sources)
    {
        // A folder may hold other things beside the data (_SUCCESS, a readme); a file that was named by itself is the data.
        var files = sources.Count == 1
            ? [.. sources]
            : sources.Where(s => IsCsv(s.Name)).OrderBy(s => s.Name, StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw Refused("Invalid Data location. There is no file that ends with .csv or .csv.gz.");
    }

    private static bool IsCsv(string name) =>
        name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);

    private async Task ReadAsync(CsvSource source, CancellationToken cancellationToken)
    {
        await using var counted = new CountingStream(await source.OpenAsync(cancellationToken));
        var isZipped = source.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        await using var unzipped = isZipped ? new GZipStream(counted, CompressionMode.Decompress) : null;
        await using var text = new CountingStream((Stream?)unzipped ?? counted, _import.MaxTextBytes - _textBytes);
        var lines = new LineReader(text);
        try
        {
            await ReadLinesAsync(source.Name, lines, counted, cancellationToken);
        }
        catch (InvalidDataException damage)
        {
            throw Refused($"The file '{source.Name}' is damaged after line {lines.Number}: {damage.Message}");
        }
        _bytesRead += counted.BytesRead;
        _textBytes += text.BytesRead;
    }

    private async Task ReadLinesAsync(string file, LineReader lines, CountingStream counted, CancellationToken cancellationToken)
    {
        do
        {
            if (!await lines.MoveNextAsync(cancellationToken)) throw Refused($"The file '{file}' is empty; it needs a header line and rows.");
        }
        while (IsBlank(lines)); // as CsvReader does it
        var header = HeaderMap.Read(lines.Line, lines.IsOverlong, _import.Schema, file);
        while (lines.TryMoveNext() || await lines.MoveNextAsync(cancellationToken))
        {
            ReadLine(file, lines, header);
            if (_segment.IsGroupFull)
            {
                _import.History?.Add(_segment.Rows, _segment.Columns);
                _segment.FlushIfFull();
            }
            if (lines.Number % LinesPerReport != 0) continue;
            cancellationToken.ThrowIfCancellationRequested();
            _progress?.Report(new ImportProgress(_segment.RowCount, _quarantine.Count, _bytesRead + counted.BytesRead));
        }
    }

    private static bool IsBlank(LineReader lines) =>
        lines.Line.IsEmpty || (lines.Number == 1 && lines.Line.SequenceEqual("\uFEFF"u8) && !lines.IsOverlong);

    private void ReadLine(string file, LineReader lines, HeaderMap header)
    {
        var line = lines.Line;
        if (line.IsEmpty) return;
        var fault = lines.IsOverlong
            ? new RowFault("", $"the line is longer than {LineReader.DefaultMaxLineBytes >> 20} MiB")
            : _rows.Read(line, header, _segment.Rows);
        if (fault is { } bad) _quarantine.Add(file, lines.Number, bad, line);
        if (_segment.RowCount + _quarantine.Count > _import.MaxRows)
            throw Refused($"The input has more than {_import.MaxRows} rows, which is the most that one import may have.");
    }

    private async Task<ImportOutcome> CompleteAsync(CancellationToken cancellationToken)
    {
        var good = _segment.RowCount;
        StorageMetrics.Imported(_import.DatasetGroupArn.Account, _import.DatasetType, good, _quarantine.Count);
        var quarantinePath = await _quarantine.CompleteAsync(cancellationToken);
        // Before anything may fail: what was wrong with the rows is asked for most when the job did.
        await new ImportReport(good, _quarantine.Count, _rows.FutureRows, _quarantine.Faults).WriteAsync(
            _import.Artifacts, _import.DatasetGroupArn, _import.ImportJobArn, cancellationToken);
        if (good == 0)
        {
            throw Refused(_quarantine.Count == 0
                ? "The input has a header but no rows."
                : $"None of the {_quarantine.Count} rows fits the schema. Correct the input and import again; "
                    + $"the first faults are: {_quarantine.FirstFaults}.");
        }
        ImportRules.ThrowIfTooManyRefused(good, _quarantine.Count, _import.MaxRefusedShare, _quarantine.FirstFaults);
        _import.History?.Add(_segment.Rows, _segment.Columns);
        var segment = await _segment.CompleteAsync(_import.ImportJobArn.ToString(), cancellationToken);
        _progress?.Report(new ImportProgress(good, _quarantine.Count, _bytesRead));
        return new ImportOutcome([segment], good, _quarantine.Count, quarantinePath);
    }

    private static RefusedException Refused(string sentence) => new(RefusalCode.InvalidInput, sentence);
}
