using System.Text;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Datasets;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Export;

/// <summary>
/// Writes the rows of a dataset as CSV files that an import reads: each row once, however often it came in, and of both kinds of ingestion
/// together the newest of every item or user. Needs memory for the rows of one part, and disk for all rows twice.
/// </summary>
/// <remarks>Interactions of sessions that were never linked to a user are left out: an import would take them for users'.</remarks>
public static class CsvExporter
{
    private const int RowsPerReport = 1 << 15;

    /// <param name="progress">Hears the share that is done, 0..1.</param>
    /// <exception cref="InvalidDataException">A segment is damaged.</exception>
    public static async Task<CsvExported> ExportAsync(CsvExport export, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(export);
        var segments = SegmentsOf(export);
        using var copies = await export.Artifacts.OpenAllAsync(segments.Select(segment => segment.Path), cancellationToken);
        var columns = SegmentColumns.Bulk(ParsedSchema.Parse(export.Dataset.Schema));
        var rows = segments.Sum(segment => segment.RowCount);
        using var buckets = new RowBuckets(export.Folder, rows, export.RowsPerPart);
        Collect(export, columns, copies.PathsOf(segments), buckets, done => progress?.Report(0.6 * done / Math.Max(1, rows)), cancellationToken);
        return Write(export, columns, buckets, progress, cancellationToken);
    }

    private static IReadOnlyList<SegmentReference> SegmentsOf(CsvExport export)
    {
        var dataset = export.Dataset;
        var (isBulk, isStreamed) = (export.IngestionMode is not IngestionModes.Put, export.IngestionMode is not IngestionModes.Bulk);
        var wanted = (isBulk ? dataset.BulkSegments : []).Concat(isStreamed ? dataset.StreamedSegments : []).ToHashSet();
        return [.. SegmentOrder.Of(dataset).Where(segment => wanted.Contains(segment) && !SegmentFile.IsAnonymous(segment.Path))];
    }

    private static void Collect(
        CsvExport export, IReadOnlyList<string> columns, IEnumerable<string> paths, RowBuckets buckets, Action<long> report,
        CancellationToken cancellationToken)
    {
        var isNewestOnly = export.IngestionMode is IngestionModes.All && DatasetKinds.Of(export.Dataset.DatasetType).RecordId is not null;
        var idColumn = DatasetKinds.Of(export.Dataset.DatasetType).RecordId is { } id ? columns.ToList().IndexOf(id) : -1;
        var source = new SegmentRows(export.Dataset.DatasetType, columns);
        var (values, line, bytes, count) = (new string?[columns.Count], new StringBuilder(), new byte[1 << 12], 0L);
        source.Visit(paths, row =>
        {
            for (var c = 0; c < values.Length; c++) values[c] = source.Spelled(c, row);
            line.Clear();
            CsvRow.Write(values, line);
            var text = Encode(line, ref bytes);
            buckets.Add(isNewestOnly ? Encoding.UTF8.GetBytes(values[idColumn] ?? "") : text, text);
            if (++count % RowsPerReport == 0) report(count);
        }, cancellationToken);
    }

    private static ReadOnlySpan<byte> Encode(StringBuilder line, ref byte[] bytes)
    {
        var most = Encoding.UTF8.GetMaxByteCount(line.Length);
        if (bytes.Length < most) bytes = new byte[most * 2];
        var length = 0;
        foreach (var chunk in line.GetChunks()) length += Encoding.UTF8.GetBytes(chunk.Span, bytes.AsSpan(length));
        return bytes.AsSpan(0, length);
    }

    private static CsvExported Write(
        CsvExport export, IReadOnlyList<string> columns, RowBuckets buckets, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (parts, rows) = (new List<string>(), 0L);
        var header = Encoding.UTF8.GetBytes(string.Join(',', columns) + "\n");
        for (var bucket = 0; bucket < buckets.Count; bucket++)
        {
            var path = Path.Combine(export.Folder, $"{bucket:D5}.csv");
            using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                file.Write(header);
                rows += buckets.CopyTo(bucket, file, cancellationToken);
            }
            parts.Add(path);
            progress?.Report(0.6 + 0.4 * (bucket + 1) / buckets.Count);
        }
        return new CsvExported(parts, rows);
    }
}
