using Kindred.Recipes.Personalization;
using Kindred.Recipes.Popularity;
using Kindred.Recipes.SimilarItems;
using Kindred.Recipes.Sims;
using Kindred.Recipes.Trending;

namespace Kindred.Recipes.Catalog;

/// <summary>
/// The use cases of the ECOMMERCE and VIDEO_ON_DEMAND domains, which a recommender names as its recipe: each a recipe of solutions with
/// the events that it learns from and the items that it leaves out.
/// </summary>
internal static class DomainRecipes
{
    private const string Ecommerce = "ECOMMERCE";
    private const string Video = "VIDEO_ON_DEMAND";

    private static readonly IReadOnlyList<UseCase> UseCases =
    [
        Popular(Ecommerce, "aws-ecomm-popular-items-by-views", "The items most users viewed.")
            .With(recipe => recipe with { EventType = "View", NeedsUserId = true }),
        Popular(Ecommerce, "aws-ecomm-popular-items-by-purchases", "The items most users bought.")
            .With(recipe => recipe with { EventType = "Purchase", NeedsUserId = true }),
        Together(Ecommerce, "aws-ecomm-frequently-bought-together", "Items that users buy with a given one.")
            .With(recipe => recipe with { EventType = "Purchase" }),
        Together(Ecommerce, "aws-ecomm-customers-who-viewed-x-also-viewed", "Items that users view who viewed a given one.")
            .With(recipe => recipe with { EventType = "View", ExcludedEventType = "Purchase", NeedsUserId = true }),
        Personal(Ecommerce, "aws-ecomm-recommended-for-you", "Items for each user of a shop.")
            .With(recipe => recipe with { ExcludedEventType = "Purchase" }),
        Together(Video, "aws-vod-because-you-watched-x", "Videos that users watch who watched a given one.")
            .With(recipe => recipe with { EventType = "Watch", ExcludedEventType = "Watch", NeedsUserId = true }),
        Of(Video, "aws-vod-more-like-x", SolutionRecipes.SimilarItems, recipe => new SimilarItemsRecipe(recipe),
                "Videos like a given one, from interactions and from what the videos are.")
            .With(recipe => recipe with { ExcludedEventType = "Watch", NeedsItems = true, NeedsUserId = true }),
        Popular(Video, "aws-vod-most-popular", "The videos most users watched.")
            .With(recipe => recipe with { EventType = "Watch", NeedsUserId = true }),
        Of(Video, "aws-vod-trending-now", SolutionRecipes.TrendingNow, recipe => new TrendingRecipe(recipe),
                "The videos whose popularity is growing fastest.")
            .With(recipe => recipe with { RetrainedAfter = TimeSpan.FromHours(2) }),
        Personal(Video, "aws-vod-top-picks", "Videos for each user of a streaming service.")
            .With(recipe => recipe with { ExcludedEventType = "Watch" }),
    ];

    public static IReadOnlyList<RecipeDescription> All { get; } = [.. UseCases.Select(useCase => useCase.Description)];

    public static IReadOnlyList<IRecipe> Implementations { get; } = [.. UseCases.Select(useCase => useCase.Train(useCase.Description))];

    private static UseCase Popular(string domain, string name, string text) =>
        Of(domain, name, SolutionRecipes.PopularityCount, recipe => new PopularityRecipe(recipe), text);

    private static UseCase Together(string domain, string name, string text) =>
        Of(domain, name, SolutionRecipes.Sims, recipe => new SimsRecipe(recipe), text)
            .With(recipe => recipe with { HyperParameters = RecipeParameters.AllTogether });

    private static UseCase Personal(string domain, string name, string text) =>
        Of(domain, name, SolutionRecipes.UserPersonalization, recipe => new PersonalizationRecipe(recipe), text)
            .With(recipe => recipe with { CanExplore = true });

    private static UseCase Of(string domain, string name, RecipeDescription engine, Func<RecipeDescription, IRecipe> train, string text) => new(
        new RecipeDescription
        {
            Name = name, RecipeType = engine.RecipeType, Domain = domain, Description = text,
            AlgorithmName = name, FeatureTransformationName = name, HyperParameters = engine.HyperParameters,
            NeedsUserId = engine.NeedsUserId, NeedsItemId = engine.NeedsItemId,
        },
        train);

    private sealed record UseCase(RecipeDescription Description, Func<RecipeDescription, IRecipe> Train)
    {
        public UseCase With(Func<RecipeDescription, RecipeDescription> change) => this with { Description = change(Description) };
    }
}
