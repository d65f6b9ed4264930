namespace Kindred.Storage.Events;

/// <summary>One record that an application sent: an event, an item, a user, an action, or an event about one.</summary>
public abstract record StreamedRecord;

/// <param name="UserId">Null while the visitor is anonymous.</param>
/// <param name="EventId">Unique per event; a later event with the same id is not counted again.</param>
/// <param name="PropertiesJson">The event's properties as they were sent: keys are camelCase of the schema's names.</param>
/// <param name="Impression">The items that were on display, or null.</param>
public sealed record StreamedEvent(
    string? UserId,
    string SessionId,
    string EventId,
    string EventType,
    float? EventValue,
    string? ItemId,
    DateTimeOffset SentAt,
    string? PropertiesJson,
    string? RecommendationId,
    IReadOnlyList<string>? Impression,
    string? EventAttributionSource) : StreamedRecord;

public sealed record StreamedItem(string ItemId, string? PropertiesJson) : StreamedRecord;

public sealed record StreamedUser(string UserId, string? PropertiesJson) : StreamedRecord;

public sealed record StreamedAction(string ActionId, string? PropertiesJson) : StreamedRecord;

/// <summary>What a user did about an action.</summary>
/// <param name="Event">Its item is the action.</param>
public sealed record StreamedActionInteraction(StreamedEvent Event) : StreamedRecord;
