namespace Kindred.Serving.Watching;

/// <summary>An event as it came in while somebody watched.</summary>
/// <param name="Number">Rises with every event of the watched group.</param>
/// <param name="At">When it came, not when it happened.</param>
/// <param name="ItemId">Null of an action interaction, which has an <paramref name="ActionId"/>.</param>
/// <param name="Refusal">Why it was not taken; null when it was.</param>
public sealed record SeenEvent(
    long Number, DateTimeOffset At, string? UserId, string? SessionId, string? EventType, string? ItemId, string? Properties, string? Refusal,
    string? ActionId = null);
