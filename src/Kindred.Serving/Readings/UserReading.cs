namespace Kindred.Serving.Readings;

/// <summary>What a user did.</summary>
/// <param name="EventCount">All that is kept of them.</param>
/// <param name="Newest">The newest first.</param>
public sealed record UserReading(string UserId, int EventCount, IReadOnlyList<PastEvent> Newest);

/// <param name="EventType">Null where interactions have none.</param>
/// <param name="IsStreamed">It came as an event and is in no import.</param>
public sealed record PastEvent(string ItemId, string? EventType, DateTimeOffset When, bool IsStreamed);

/// <summary>What is known of an item.</summary>
/// <param name="Name">From the column that holds names; null when there is none.</param>
/// <param name="Values">Every column that has a value, by the name that the schema gives it.</param>
public sealed record ItemReading(string Id, string? Name, IReadOnlyDictionary<string, string> Values);
