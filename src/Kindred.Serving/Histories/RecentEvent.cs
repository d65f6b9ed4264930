namespace Kindred.Serving.Histories;

/// <summary>One streamed event, compact: 32 bytes.</summary>
/// <param name="Item">Code in the item table of the <see cref="RecentEvents"/> it came from.</param>
/// <param name="EventType">Code in its event-type table.</param>
/// <param name="SentAt">Milliseconds since 1970.</param>
/// <param name="Position">Place in the group's event log; also the order of arrival.</param>
/// <param name="EventId">Hash of the eventId, to know a repeated event by.</param>
internal readonly record struct RecentEvent(int Item, int EventType, long SentAt, long Position, ulong EventId) : IComparable<RecentEvent>
{
    public int CompareTo(RecentEvent other) =>
        SentAt != other.SentAt ? SentAt.CompareTo(other.SentAt) : Position.CompareTo(other.Position);
}
