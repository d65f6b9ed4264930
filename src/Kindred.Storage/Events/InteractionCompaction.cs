using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Datasets;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Events;

/// <summary>
/// Streamed events into segments. Events of a session that is linked to a user by any of its events belong to that user.
/// The others lie in one "anonymous" segment, which serving reads by session id and training does not; every compaction
/// writes it anew without those that can be linked by now. Events without an item are no interactions and end here.
/// </summary>
internal sealed class InteractionCompaction(
    IArtifactStore artifacts, Arn group, DatasetData dataset, DatasetKind kind, string subject, IEventLog log, long through,
    CancellationToken cancellationToken)
{
    private readonly ParsedSchema _schema = ParsedSchema.Parse(dataset.Schema);

    private string Type => kind.Name;

    public async Task<IReadOnlyList<SegmentReference>?> RunAsync()
    {
        var columns = SegmentColumns.StreamedInteractions(_schema, subject);
        var sequence = dataset.Generation + 1;
        using var streamedCopies = await artifacts.OpenAllAsync(dataset.StreamedSegments.Select(segment => segment.Path), cancellationToken);
        var known = KnownEvents.From(streamedCopies, dataset.StreamedSegments, cancellationToken);
        await ReadAsync(streamed => known.Link(streamed.SessionId, streamed.UserId));

        var anonymousBefore = dataset.StreamedSegments.Where(s => SegmentFile.IsAnonymous(s.Path)).ToList();
        var (kept, merged) = SmallTail.Split(dataset.StreamedSegments.Except(anonymousBefore));
        using var linked = new StreamedSegment(artifacts, SegmentFile.New(group, Type, sequence), Type, columns, cancellationToken);
        using var anonymous = new StreamedSegment(artifacts, SegmentFile.NewAnonymous(group, Type, sequence), Type, columns, cancellationToken);

        Rewrite(streamedCopies.PathsOf([.. merged, .. anonymousBefore]), known, linked, anonymous);
        await ReadAsync(streamed =>
        {
            if (streamed.ItemId is not { Length: > 0 } || !known.IsNew(streamed.EventId)) return;
            var user = streamed.UserId ?? known.UserOf(streamed.SessionId);
            Write(streamed, user, user is null ? anonymous : linked);
        });
        return [.. kept, .. linked.Complete(), .. anonymous.Complete()];
    }

    private Task ReadAsync(Action<StreamedEvent> visit) => log.ReadAsync(
        group, dataset.CompactedThrough,
        (position, record) =>
        {
            if (position < through && kind.EventOf(record) is { } streamed) visit(streamed);
        },
        cancellationToken);

    private void Rewrite(IEnumerable<string> paths, KnownEvents known, StreamedSegment linked, StreamedSegment anonymous)
    {
        var rows = new SegmentRows(Type, linked.Columns);
        var columns = linked.Columns.ToList();
        var (userColumn, sessionColumn) = (columns.IndexOf(ColumnNames.UserId), columns.IndexOf(SegmentColumns.SessionId));
        rows.Visit(paths, row =>
        {
            var user = rows.Text(userColumn, row) ?? known.UserOf(rows.Text(sessionColumn, row));
            var target = user is null ? anonymous : linked;
            rows.CopyTo(target.Row, row);
            target.Row.SetText(userColumn, user);
            target.EndRow();
        }, cancellationToken);
    }

    private void Write(StreamedEvent streamed, string? user, StreamedSegment target)
    {
        var properties = RecordProperties.ParseStored(_schema, RecordProperties.EventMembers, streamed.PropertiesJson);
        var row = target.Row;
        for (var c = 0; c < target.Columns.Count; c++)
        {
            switch (target.Columns[c])
            {
                case ColumnNames.Timestamp: row.SetTimestamp(c, streamed.SentAt.ToUnixTimeSeconds()); break;
                case ColumnNames.EventValue: row.SetValue(c, streamed.EventValue); break;
                case ColumnNames.UserId: row.SetText(c, user); break;
                case var column when column == subject: row.SetText(c, streamed.ItemId); break;
                case ColumnNames.EventType: row.SetText(c, streamed.EventType); break;
                case SegmentColumns.SessionId: row.SetText(c, streamed.SessionId); break;
                case SegmentColumns.EventId: row.SetText(c, streamed.EventId); break;
                case ColumnNames.Impression: row.SetText(c, streamed.Impression is { Count: > 0 } shown ? string.Join('|', shown) : null); break;
                case ColumnNames.RecommendationId: row.SetText(c, streamed.RecommendationId); break;
                case ColumnNames.EventAttributionSource: row.SetText(c, streamed.EventAttributionSource); break;
                case var own: row.SetText(c, properties[_schema.IndexOf(own)]); break;
            }
        }
        target.EndRow();
    }
}
