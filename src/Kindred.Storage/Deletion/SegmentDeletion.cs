using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Deletion;

/// <summary>
/// Segments without the rows of some users. A segment that has none of them stays what it is. Rows of a session that was never linked to
/// a user are its own: visitors are asked for by the id of their session, so the list may name it.
/// </summary>
/// <param name="made">Receives the names of the segments that are written.</param>
internal sealed class SegmentDeletion(
    IArtifactStore artifacts, string datasetType, DeletedUsers users, List<string> made, CancellationToken cancellationToken)
{
    /// <summary>Rows that are not in the segments any more.</summary>
    public long RemovedRows { get; private set; }

    public async Task<IReadOnlyList<SegmentReference>> RewriteAsync(IReadOnlyList<SegmentReference> segments)
    {
        var kept = new List<SegmentReference>(segments.Count);
        foreach (var segment in segments)
        {
            using var copy = await artifacts.OpenAsync(segment.Path, cancellationToken);
            var doomed = Count(copy.Path);
            RemovedRows += doomed;
            if (doomed == 0) kept.Add(segment);
            else if (Rewrite(segment, copy.Path) is { } rewritten)
            {
                made.Add(rewritten.Path);
                kept.Add(rewritten);
            }
        }
        return kept;
    }

    private long Count(string path)
    {
        var count = 0L;
        var rows = new SegmentRows(datasetType, [ColumnNames.UserId, SegmentColumns.SessionId]);
        rows.Visit([path], row => { if (users.Contains(rows.Text(0, row) ?? rows.Text(1, row))) count++; }, cancellationToken);
        return count;
    }

    /// <returns>Null when no row is left.</returns>
    private SegmentReference? Rewrite(SegmentReference segment, string path)
    {
        // All columns that it has, also those that the schema does not know any more.
        List<string> columns;
        using (BlockingScope.Enter())
        {
            using var reader = new SegmentReader(path);
            columns = [.. reader.Columns];
        }
        var (user, session) = (columns.IndexOf(ColumnNames.UserId), columns.IndexOf(SegmentColumns.SessionId));
        var rows = new SegmentRows(datasetType, columns);
        using var target = new StreamedSegment(artifacts, SegmentFile.Replacing(segment), datasetType, columns, cancellationToken);
        rows.Visit([path], row =>
        {
            var owner = rows.Text(user, row) ?? (session < 0 ? null : rows.Text(session, row));
            if (users.Contains(owner)) return;
            rows.CopyTo(target.Row, row);
            target.EndRow();
        }, cancellationToken);
        return target.Complete(segment.ImportJobArn).SingleOrDefault();
    }
}
