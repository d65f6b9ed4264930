using System.IO.Compression;
using System.Text;
using Kindred.Contracts.Refusals;
using Kindred.Files.Csv;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Import;

/// <summary>Reads a file as an import would, and keeps nothing: how many rows would be refused, and why.</summary>
public static class CsvDryRun
{
    private const int MostRefusedShown = 50;
    private const int MostRawShown = 200;
    private const int RowsPerGroup = 5_000;
    private const long MostText = 16 << 20;
    private const int LinesPerReport = 1 << 15;

    /// <param name="now">Interactions that PutEvents would refuse for their time are refused then.</param>
    /// <param name="progress">Bytes of the file that were read.</param>
    /// <exception cref="RefusedException">The file as a whole does not fit, as an import would say it.</exception>
    public static async Task<ImportCheck> CheckAsync(
        CsvSource source, ParsedSchema schema, string datasetType, DateTimeOffset now, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(schema);
        var rows = new RowGroup([.. schema.Fields.Select(f => SegmentColumns.KindOf(datasetType, f.Name))], RowsPerGroup);
        var reader = new RowReader(schema, datasetType, now);
        var (good, refused) = (0L, new List<RefusedRow>());
        var faults = new Dictionary<string, ColumnFaults>(StringComparer.Ordinal);

        await using var counted = new CountingStream(await source.OpenAsync(cancellationToken));
        await using var unzipped = source.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(counted, CompressionMode.Decompress) : null;
        var lines = new LineReader((Stream?)unzipped ?? counted);
        if (!await lines.MoveNextAsync(cancellationToken))
            throw new RefusedException(RefusalCode.InvalidInput, $"The file '{source.Name}' is empty; it needs a header line and rows.");
        var header = HeaderMap.Read(lines.Line, lines.IsOverlong, schema, source.Name);
        while (await lines.MoveNextAsync(cancellationToken))
        {
            if (lines.Line.IsEmpty) continue;
            var fault = lines.IsOverlong ? new RowFault("", "the line is too long") : reader.Read(lines.Line, header, rows);
            if (fault is { } bad) Refuse(bad, lines.Number, lines.Line);
            else good++;
            if (rows.Count == rows.Capacity || rows.TextLength > MostText) rows.Clear();
            if (lines.Number % LinesPerReport != 0) continue;
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(counted.BytesRead);
        }
        return new ImportCheck(
            good, faults.Values.Sum(f => f.Rows), [.. faults.Values.OrderByDescending(f => f.Rows)], refused);

        void Refuse(RowFault fault, long line, ReadOnlySpan<byte> raw)
        {
            faults[fault.Column] = faults.TryGetValue(fault.Column, out var known)
                ? known with { Rows = known.Rows + 1 }
                : new ColumnFaults(fault.Column, 1, $"line {line}: {fault.Reason}");
            if (refused.Count == MostRefusedShown) return;
            refused.Add(new(line, fault.Column, fault.Reason, Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MostRawShown)])));
        }
    }
}
