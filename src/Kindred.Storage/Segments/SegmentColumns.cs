using Kindred.Contracts.Datasets;
using Kindred.Storage.Datasets;
using Kindred.Storage.Schemas;

namespace Kindred.Storage.Segments;

/// <summary>
/// The columns of a segment file. TIMESTAMP and EVENT_VALUE of interactions are numbers; everything else is text spelled
/// as in the CSV, so that a schema whose types change later still reads old segments.
/// </summary>
internal static class SegmentColumns
{
    /// <summary>Streamed interactions only: not a column of any schema.</summary>
    public const string SessionId = "SESSION_ID";
    /// <summary>Streamed interactions only: not a column of any schema.</summary>
    public const string EventId = "EVENT_ID";

    public static SegmentColumnKind KindOf(string datasetType, string column) =>
        DatasetKinds.Of(datasetType).Numbers.GetValueOrDefault(column, SegmentColumnKind.Text);

    /// <summary>The columns of a bulk segment: those of the schema.</summary>
    public static IReadOnlyList<string> Bulk(ParsedSchema schema) => [.. schema.Fields.Select(f => f.Name)];

    /// <summary>
    /// The columns of a segment of streamed interactions: the schema's, what linking and counting need, and what says which
    /// recommendation an event goes back to. Segments of earlier releases may lack the last three; they read as null.
    /// </summary>
    /// <param name="subject">The column of the item, or of the action.</param>
    public static IReadOnlyList<string> StreamedInteractions(ParsedSchema schema, string subject) =>
    [
        .. Bulk(schema).Union(
        [
            ColumnNames.UserId, subject, ColumnNames.Timestamp, ColumnNames.EventType, ColumnNames.EventValue, SessionId, EventId,
            ColumnNames.RecommendationId, ColumnNames.EventAttributionSource, ColumnNames.Impression,
        ]),
    ];
}

internal enum SegmentColumnKind
{
    Text,
    Timestamp,
    Value,
}
