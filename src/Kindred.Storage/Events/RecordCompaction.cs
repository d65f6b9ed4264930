using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Datasets;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Events;

/// <summary>Streamed records into the segments of their dataset; of several records with one id, the newest is kept.</summary>
internal sealed class RecordCompaction(
    IArtifactStore artifacts, Arn group, DatasetData dataset, DatasetKind kind, string idColumn, IEventLog log, long through,
    CancellationToken cancellationToken)
{
    private readonly ParsedSchema _schema = ParsedSchema.Parse(dataset.Schema);

    public async Task<IReadOnlyList<SegmentReference>?> RunAsync()
    {
        var columns = SegmentColumns.Bulk(_schema);
        var newest = new Dictionary<string, long>(StringComparer.Ordinal);
        await ReadAsync((position, id, _) => newest[id] = position);
        if (newest.Count == 0) return dataset.StreamedSegments;

        var bulk = dataset.BulkSegments.Select(segment => segment.Sequence).DefaultIfEmpty().Max();
        // Rows that are written again become the newest: those that an import has overtaken stay where they are.
        var (kept, merged) = SmallTail.Split(dataset.StreamedSegments, segment => segment.Sequence > bulk);
        using var target = new StreamedSegment(
            artifacts, SegmentFile.New(group, dataset.DatasetType, dataset.Generation + 1), dataset.DatasetType, columns, cancellationToken);
        using var copies = await artifacts.OpenAllAsync(merged.Select(segment => segment.Path), cancellationToken);
        var rows = new SegmentRows(dataset.DatasetType, columns);
        var idIndex = _schema.IndexOf(idColumn);
        rows.Visit(copies.PathsOf(merged), row =>
        {
            if (newest.ContainsKey(rows.Text(idIndex, row) ?? "")) return;
            rows.CopyTo(target.Row, row);
            target.EndRow();
        }, cancellationToken);
        await ReadAsync((position, id, properties) =>
        {
            if (newest[id] == position) Write(id, properties, idIndex, target);
        });
        return [.. kept, .. target.Complete()];
    }

    private Task ReadAsync(Action<long, string, string?> visit) => log.ReadAsync(
        group, dataset.CompactedThrough,
        (position, record) =>
        {
            if (position >= through) return;
            if (kind.RecordOf(record) is var (id, properties)) visit(position, id, properties);
        },
        cancellationToken);

    private void Write(string id, string? properties, int idIndex, StreamedSegment target)
    {
        var values = RecordProperties.ParseStored(_schema, [idColumn], properties);
        for (var c = 0; c < values.Length; c++) target.Row.SetText(c, c == idIndex ? id : values[c]);
        target.EndRow();
    }
}
