using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Events;

/// <summary>
/// What earlier compactions have seen: event ids, which count once, and which user each session turned out to be.
/// Remembers the newest 5 million events, as 128-bit hashes, so that memory stays bounded for a log of any length.
/// </summary>
internal sealed class KnownEvents
{
    private const long MostRemembered = 5_000_000;
    private readonly HashSet<UInt128> _eventIds = [];
    private readonly Dictionary<UInt128, string> _userOfSession = [];

    public static KnownEvents From(ArtifactCopies copies, IReadOnlyList<SegmentReference> streamed, CancellationToken cancellationToken)
    {
        var known = new KnownEvents();
        var rows = 0L;
        // Whole segments, newest first, until enough is remembered; then in their order, because a later user of a session wins.
        var remembered = streamed.Reverse().TakeWhile(s => (rows += s.RowCount) - s.RowCount < MostRemembered).Reverse();
        var columns = new SegmentRows(DatasetTypes.Interactions, [SegmentColumns.EventId, SegmentColumns.SessionId, ColumnNames.UserId]);
        columns.Visit(copies.PathsOf(remembered), row =>
        {
            if (columns.Text(0, row) is { } eventId) known.IsNew(eventId);
            known.Link(columns.Text(1, row), columns.Text(2, row));
        }, cancellationToken);
        return known;
    }

    /// <summary>Whether an event id was not seen before; it is now.</summary>
    public bool IsNew(string eventId) => _eventIds.Add(Hash(eventId));

    public void Link(string? sessionId, string? userId)
    {
        if (sessionId is not null && userId is not null) _userOfSession[Hash(sessionId)] = userId;
    }

    public string? UserOf(string? sessionId) => sessionId is null ? null : _userOfSession.GetValueOrDefault(Hash(sessionId));

    private static UInt128 Hash(string text) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text.AsSpan()));
}
