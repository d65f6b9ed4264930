namespace Kindred.Storage.Schemas;

/// <summary>The reserved columns of every dataset type and domain (developer guide, "Schemas", "Domain dataset schemas").</summary>
internal static class ColumnRules
{
    public const string Ecommerce = "ECOMMERCE";
    public const string VideoOnDemand = "VIDEO_ON_DEMAND";

    public static IReadOnlyList<ColumnRule> For(string datasetType, string? domain) => (datasetType, domain) switch
    {
        ("INTERACTIONS", null) => [Id("USER_ID"), Id("ITEM_ID"), new("TIMESTAMP", ColumnKind.Long, Required: true), new("EVENT_TYPE", ColumnKind.Plain, NullAllowed: true), .. InteractionOptions],
        ("INTERACTIONS", _) => [Id("USER_ID"), Id("ITEM_ID"), new("TIMESTAMP", ColumnKind.Long, Required: true), Id("EVENT_TYPE"), .. InteractionOptions],
        ("ITEMS", Ecommerce) =>
        [
            Id("ITEM_ID"),
            new("PRICE", ColumnKind.Float, Required: true),
            new("CATEGORY_L1", ColumnKind.Categorical, Required: true),
            .. Categories("CATEGORY_L2", "CATEGORY_L3", "AGE_GROUP", "ADULT", "GENDER"),
            new("PRODUCT_DESCRIPTION", ColumnKind.Textual, NullAllowed: true),
            new("CREATION_TIMESTAMP", ColumnKind.LongOrFloat, NullAllowed: true),
        ],
        ("ITEMS", VideoOnDemand) =>
        [
            Id("ITEM_ID"),
            new("CREATION_TIMESTAMP", ColumnKind.Long, Required: true),
            new("GENRES", ColumnKind.Categorical, Required: true),
            new("PRICE", ColumnKind.Float, NullAllowed: true),
            new("DURATION", ColumnKind.Float, NullAllowed: true),
            new("AVERAGE_RATING", ColumnKind.Float, NullAllowed: true),
            .. Categories("GENRE_L2", "GENRE_L3", "CONTENT_OWNER", "CONTENT_CLASSIFICATION"),
            new("PRODUCT_DESCRIPTION", ColumnKind.Textual, NullAllowed: true),
        ],
        ("ITEMS", _) => [Id("ITEM_ID"), new("CREATION_TIMESTAMP", ColumnKind.Long, NullAllowed: true)],
        ("USERS", VideoOnDemand) => [Id("USER_ID"), .. Categories("SUBSCRIPTION_MODEL")],
        ("USERS", _) => [Id("USER_ID")],
        ("ACTIONS", _) =>
        [
            Id("ACTION_ID"),
            new("CREATION_TIMESTAMP", ColumnKind.Long, NullAllowed: true),
            new("VALUE", ColumnKind.Long, NullAllowed: true),
            new("REPEAT_FREQUENCY", ColumnKind.Long, NullAllowed: true),
            new("EXPIRATION_TIMESTAMP", ColumnKind.Long, NullAllowed: true),
            new("ACTION_EXPIRATION_TIMESTAMP", ColumnKind.Long, NullAllowed: true),
            new("TYPE", ColumnKind.Plain, NullAllowed: true),
        ],
        ("ACTION_INTERACTIONS", _) =>
        [
            Id("USER_ID"), Id("ACTION_ID"), Id("EVENT_TYPE"),
            new("TIMESTAMP", ColumnKind.Long, Required: true),
            new("IMPRESSION", ColumnKind.Plain, NullAllowed: true),
            new("RECOMMENDATION_ID", ColumnKind.Plain, NullAllowed: true),
        ],
        _ => throw new ArgumentException($"'{datasetType}' is not a dataset type.", nameof(datasetType)),
    };

    private static readonly ColumnRule[] InteractionOptions =
    [
        new("EVENT_VALUE", ColumnKind.Float, NullAllowed: true),
        new("IMPRESSION", ColumnKind.Plain, NullAllowed: true),
        new("RECOMMENDATION_ID", ColumnKind.Plain, NullAllowed: true),
        new("EVENT_ATTRIBUTION_SOURCE", ColumnKind.Plain, NullAllowed: true),
    ];

    private static ColumnRule Id(string name) => new(name, ColumnKind.Plain, Required: true);

    private static IEnumerable<ColumnRule> Categories(params string[] names) => names.Select(name => new ColumnRule(name, ColumnKind.Categorical, NullAllowed: true));
}
