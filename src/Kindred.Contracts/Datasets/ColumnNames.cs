namespace Kindred.Contracts.Datasets;

/// <summary>The columns whose names the contract reserves, as schemas, files and segments spell them.</summary>
public static class ColumnNames
{
    public const string UserId = "USER_ID";
    public const string ItemId = "ITEM_ID";
    public const string ActionId = "ACTION_ID";
    public const string Timestamp = "TIMESTAMP";
    public const string EventType = "EVENT_TYPE";
    public const string EventValue = "EVENT_VALUE";
    public const string Impression = "IMPRESSION";
    public const string RecommendationId = "RECOMMENDATION_ID";
    public const string EventAttributionSource = "EVENT_ATTRIBUTION_SOURCE";
    public const string CreationTimestamp = "CREATION_TIMESTAMP";
    public const string Value = "VALUE";
    public const string RepeatFrequency = "REPEAT_FREQUENCY";
    public const string ExpirationTimestamp = "EXPIRATION_TIMESTAMP";
    public const string ActionExpirationTimestamp = "ACTION_EXPIRATION_TIMESTAMP";

    public static IReadOnlyList<string> All { get; } =
    [
        UserId, ItemId, ActionId, Timestamp, EventType, EventValue, Impression, RecommendationId, EventAttributionSource,
        CreationTimestamp, RepeatFrequency, ExpirationTimestamp, ActionExpirationTimestamp,
    ];
}
