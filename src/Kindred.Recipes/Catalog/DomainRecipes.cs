using static Kindred.Recipes.Catalog.RecipeTypes;

namespace Kindred.Recipes.Catalog;

/// <summary>The use cases of the ECOMMERCE and VIDEO_ON_DEMAND domains, which a recommender names as its recipe.</summary>
internal static class DomainRecipes
{
    private const string Ecommerce = "ECOMMERCE";
    private const string Video = "VIDEO_ON_DEMAND";

    public static IReadOnlyList<RecipeDescription> All { get; } =
    [
        UseCase(Ecommerce, "aws-ecomm-popular-items-by-views", PopularItems, "The items most users viewed.") with
            { EventType = "View", NeedsUserId = true },
        UseCase(Ecommerce, "aws-ecomm-popular-items-by-purchases", PopularItems, "The items most users bought.") with
            { EventType = "Purchase", NeedsUserId = true },
        UseCase(Ecommerce, "aws-ecomm-frequently-bought-together", RelatedItems, "Items that users buy with a given one.") with
            { EventType = "Purchase", NeedsItemId = true },
        UseCase(Ecommerce, "aws-ecomm-customers-who-viewed-x-also-viewed", RelatedItems, "Items that users view who viewed a given one.") with
            { EventType = "View", ExcludedEventType = "Purchase", NeedsUserId = true, NeedsItemId = true },
        UseCase(Ecommerce, "aws-ecomm-recommended-for-you", UserPersonalization, "Items for each user of a shop.") with
            { ExcludedEventType = "Purchase", NeedsUserId = true, CanExplore = true },
        UseCase(Video, "aws-vod-because-you-watched-x", RelatedItems, "Videos that users watch who watched a given one.") with
            { EventType = "Watch", ExcludedEventType = "Watch", NeedsUserId = true, NeedsItemId = true },
        UseCase(Video, "aws-vod-more-like-x", RelatedItems, "Videos like a given one, from interactions and from what the videos are.") with
            { ExcludedEventType = "Watch", NeedsItems = true, NeedsUserId = true, NeedsItemId = true },
        UseCase(Video, "aws-vod-most-popular", PopularItems, "The videos most users watched.") with
            { EventType = "Watch", NeedsUserId = true },
        UseCase(Video, "aws-vod-trending-now", PopularItems, "The videos whose popularity is growing fastest."),
        UseCase(Video, "aws-vod-top-picks", UserPersonalization, "Videos for each user of a streaming service.") with
            { ExcludedEventType = "Watch", NeedsUserId = true, CanExplore = true },
    ];

    private static RecipeDescription UseCase(string domain, string name, string type, string description) => new()
    {
        Name = name, RecipeType = type, Domain = domain, Description = description, AlgorithmName = name, FeatureTransformationName = name,
    };
}
