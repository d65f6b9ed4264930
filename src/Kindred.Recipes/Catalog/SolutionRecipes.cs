using static Kindred.Recipes.Catalog.RecipeTypes;

namespace Kindred.Recipes.Catalog;

/// <summary>The recipes that a solution can name.</summary>
internal static class SolutionRecipes
{
    private const string PercentileFiltering = "JSON-percentile-filtering";

    public static RecipeDescription UserPersonalizationV2 { get; } = new()
    {
        Name = "aws-user-personalization-v2", RecipeType = RecipeTypes.UserPersonalization,
        Description = "Recommends to each user the items they are most likely to interact with next. "
            + "The first choice for personalised recommendations.",
        AlgorithmName = "aws-user-personalization-v2", FeatureTransformationName = "aws-user-personalization-v2",
        HyperParameters = RecipeParameters.SecondGeneration, HasScores = true, IsV2 = true, NeedsUserId = true,
    };

    public static RecipeDescription UserPersonalization { get; } = new()
    {
        Name = "aws-user-personalization", RecipeType = RecipeTypes.UserPersonalization,
        Description = "Recommends to each user the items they are most likely to interact with next, with exploration of new items that you control.",
        AlgorithmName = "aws-user-personalization", FeatureTransformationName = PercentileFiltering,
        HyperParameters = RecipeParameters.Sequence(149), HasScores = true,
        CanExplore = true, HasObjective = true, HasUpdateMode = true, NeedsUserId = true,
    };

    public static RecipeDescription PersonalizedRankingV2 { get; } = new()
    {
        Name = "aws-personalized-ranking-v2", RecipeType = RecipeTypes.PersonalizedRanking,
        Description = "Puts a list of items that you supply into the order of a user's interest.",
        AlgorithmName = "aws-personalized-ranking-v2", FeatureTransformationName = "aws-personalized-ranking-v2",
        HyperParameters = RecipeParameters.SecondGeneration, HasScores = true, IsV2 = true, NeedsUserId = true,
    };

    public static RecipeDescription PersonalizedRanking { get; } = new()
    {
        Name = "aws-personalized-ranking", RecipeType = RecipeTypes.PersonalizedRanking,
        Description = "Puts a list of items that you supply into the order of a user's interest. The first generation, with more settings.",
        AlgorithmName = "aws-personalized-ranking", FeatureTransformationName = PercentileFiltering,
        HyperParameters = RecipeParameters.Sequence(149), HasScores = true, HasObjective = true, NeedsUserId = true,
    };

    public static RecipeDescription SimilarItems { get; } = new()
    {
        Name = "aws-similar-items", RecipeType = RelatedItems,
        Description = "Finds items like a given one from who interacted with both and from what the items are.",
        AlgorithmName = "aws-similar-items", FeatureTransformationName = "aws-similar-items",
        HyperParameters = RecipeParameters.SimilarItems, NeedsItemId = true,
    };

    public static RecipeDescription Sims { get; } = new()
    {
        Name = "aws-sims", RecipeType = RelatedItems,
        Description = "Finds items that the same users interact with, from interactions alone.",
        AlgorithmName = "aws-sims", FeatureTransformationName = "sims",
        HyperParameters = RecipeParameters.Sims, NeedsItemId = true,
    };

    public static RecipeDescription SemanticSimilarity { get; } = new()
    {
        Name = "aws-semantic-similarity", RecipeType = RelatedItems,
        Description = "Finds items whose names and texts mean something alike, also when nobody has interacted with them yet.",
        AlgorithmName = "aws-semantic-similarity", FeatureTransformationName = "aws-semantic-similarity",
        NeedsItems = true, NeedsTexts = true, HasIncrementalUpdates = true, NeedsItemId = true,
    };

    public static RecipeDescription TrendingNow { get; } = new()
    {
        Name = "aws-trending-now", RecipeType = PopularItems,
        Description = "Finds the items whose popularity is growing fastest.",
        AlgorithmName = "aws-trending-now-custom", FeatureTransformationName = "aws-trending-now",
        HyperParameters = RecipeParameters.Trending,
    };

    public static RecipeDescription PopularityCount { get; } = new()
    {
        Name = "aws-popularity-count", RecipeType = PopularItems,
        Description = "Ranks items by how many different users interacted with them: the baseline to compare other recipes with.",
        AlgorithmName = "aws-popularity-count", FeatureTransformationName = "sims",
    };

    public static RecipeDescription NextBestAction { get; } = new()
    {
        Name = "aws-next-best-action", RecipeType = PersonalizedActions,
        Description = "Estimates for each user how likely they are to take each of your actions.",
        AlgorithmName = "aws-next-best-action", FeatureTransformationName = "aws-next-best-action",
        HyperParameters = RecipeParameters.NextBestAction, HasScores = true, NeedsUserId = true,
    };

    public static RecipeDescription ItemAffinity { get; } = new()
    {
        Name = "aws-item-affinity", RecipeType = UserSegmentation,
        Description = "Finds the users who are most interested in each item.",
        AlgorithmName = "aws-item-affinity", FeatureTransformationName = "item-affinity", HyperParameters = RecipeParameters.Affinity,
    };

    public static RecipeDescription ItemAttributeAffinity { get; } = new()
    {
        Name = "aws-item-attribute-affinity", RecipeType = UserSegmentation,
        Description = "Finds the users who are most interested in items with given attributes.",
        AlgorithmName = "aws-item-attribute-affinity", FeatureTransformationName = "item-attribute-affinity",
        HyperParameters = RecipeParameters.Affinity, NeedsItems = true,
    };

    public static RecipeDescription Hrnn { get; } =
        Legacy(
            "aws-hrnn", "Predicts the items a user will interact with from the order of their history.", PercentileFiltering,
            RecipeParameters.Sequence(43));

    public static RecipeDescription HrnnMetadata { get; } =
        Legacy("aws-hrnn-metadata", "As aws-hrnn, with what is known about items and users.", "featurize_metadata", RecipeParameters.Sequence(43));

    public static RecipeDescription HrnnColdstart { get; } =
        Legacy("aws-hrnn-coldstart", "As aws-hrnn-metadata, with exploration of new items.", "featurize_coldstart", RecipeParameters.ColdStart)
        with { NeedsItems = true, HasUpdateMode = true, ExploresColdItems = true };

    public static IReadOnlyList<RecipeDescription> All { get; } =
    [
        UserPersonalizationV2,
        UserPersonalization,
        PersonalizedRankingV2,
        PersonalizedRanking,
        SimilarItems,
        Sims,
        SemanticSimilarity,
        TrendingNow,
        PopularityCount,
        NextBestAction,
        ItemAffinity,
        ItemAttributeAffinity,
        Hrnn,
        HrnnMetadata,
        HrnnColdstart,
    ];

    private static RecipeDescription Legacy(string name, string description, string transformation, IReadOnlyList<HyperParameter> parameters) => new()
    {
        Name = name, RecipeType = RecipeTypes.UserPersonalization, Description = $"{description} Legacy; prefer aws-user-personalization-v2.",
        AlgorithmName = name, FeatureTransformationName = transformation, HyperParameters = parameters, HasScores = true, NeedsUserId = true,
    };
}
