using Kindred.Contracts.Datasets;
using static Kindred.Contracts.Datasets.ColumnNames;

namespace Kindred.Storage.Schemas;

/// <summary>The reserved columns of every dataset type and domain (developer guide, "Schemas", "Domain dataset schemas").</summary>
internal static class ColumnRules
{
    public const string Ecommerce = "ECOMMERCE";
    public const string VideoOnDemand = "VIDEO_ON_DEMAND";

    public static IReadOnlyList<ColumnRule> OfActions { get; } =
    [
        Id(ActionId),
        new(CreationTimestamp, ColumnKind.Long, NullAllowed: true),
        new(Value, ColumnKind.Long, NullAllowed: true),
        new(RepeatFrequency, ColumnKind.Long, NullAllowed: true),
        new(ExpirationTimestamp, ColumnKind.Long, NullAllowed: true),
        new(ActionExpirationTimestamp, ColumnKind.Long, NullAllowed: true),
        new("TYPE", ColumnKind.Plain, NullAllowed: true),
    ];

    public static IReadOnlyList<ColumnRule> OfActionInteractions { get; } =
    [
        Id(UserId), Id(ActionId), Id(EventType),
        new(Timestamp, ColumnKind.Long, Required: true),
        new(Impression, ColumnKind.Plain, NullAllowed: true),
        new(RecommendationId, ColumnKind.Plain, NullAllowed: true),
    ];

    public static IReadOnlyList<ColumnRule> OfInteractions(string? domain) =>
    [
        Id(UserId),
        Id(ItemId),
        new(Timestamp, ColumnKind.Long, Required: true),
        domain is null ? new(EventType, ColumnKind.Plain, NullAllowed: true) : Id(EventType),
        new(EventValue, ColumnKind.Float, NullAllowed: true),
        new(Impression, ColumnKind.Plain, NullAllowed: true),
        new(RecommendationId, ColumnKind.Plain, NullAllowed: true),
        new(EventAttributionSource, ColumnKind.Plain, NullAllowed: true),
    ];

    public static IReadOnlyList<ColumnRule> OfItems(string? domain) => domain switch
    {
        Ecommerce =>
        [
            Id(ItemId),
            new("PRICE", ColumnKind.Float, Required: true),
            new("CATEGORY_L1", ColumnKind.Categorical, Required: true),
            .. Categories("CATEGORY_L2", "CATEGORY_L3", "AGE_GROUP", "ADULT", "GENDER"),
            new("PRODUCT_DESCRIPTION", ColumnKind.Textual, NullAllowed: true),
            new(CreationTimestamp, ColumnKind.LongOrFloat, NullAllowed: true),
        ],
        VideoOnDemand =>
        [
            Id(ItemId),
            new(CreationTimestamp, ColumnKind.Long, Required: true),
            new("GENRES", ColumnKind.Categorical, Required: true),
            new("PRICE", ColumnKind.Float, NullAllowed: true),
            new("DURATION", ColumnKind.Float, NullAllowed: true),
            new("AVERAGE_RATING", ColumnKind.Float, NullAllowed: true),
            .. Categories("GENRE_L2", "GENRE_L3", "CONTENT_OWNER", "CONTENT_CLASSIFICATION"),
            new("PRODUCT_DESCRIPTION", ColumnKind.Textual, NullAllowed: true),
        ],
        _ => [Id(ItemId), new(CreationTimestamp, ColumnKind.Long, NullAllowed: true)],
    };

    public static IReadOnlyList<ColumnRule> OfUsers(string? domain) =>
        domain is VideoOnDemand ? [Id(UserId), .. Categories("SUBSCRIPTION_MODEL")] : [Id(UserId)];

    private static ColumnRule Id(string name) => new(name, ColumnKind.Plain, Required: true);

    private static IEnumerable<ColumnRule> Categories(params string[] names) =>
        names.Select(name => new ColumnRule(name, ColumnKind.Categorical, NullAllowed: true));
}
