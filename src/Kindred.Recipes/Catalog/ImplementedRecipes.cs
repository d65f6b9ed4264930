using Kindred.Recipes.Content;
using Kindred.Recipes.Actions;
using Kindred.Recipes.Als;
using Kindred.Recipes.Ease;
using Kindred.Recipes.Neighbours;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Popularity;
using Kindred.Recipes.Segmentation;
using Kindred.Recipes.SemanticSimilarity;
using Kindred.Recipes.SimilarItems;
using Kindred.Recipes.Sims;
using Kindred.Recipes.Transformer;
using Kindred.Recipes.Trending;

namespace Kindred.Recipes.Catalog;

/// <summary>The recipes that can be trained.</summary>
internal static class ImplementedRecipes
{
    public static IReadOnlyList<IRecipe> All { get; } =
    [
        new PersonalizationRecipe(SolutionRecipes.UserPersonalizationV2),
        new PersonalizationRecipe(SolutionRecipes.UserPersonalization),
        new PersonalizationRecipe(SolutionRecipes.PersonalizedRankingV2),
        new PersonalizationRecipe(SolutionRecipes.PersonalizedRanking),
        new PersonalizationRecipe(SolutionRecipes.Hrnn),
        new PersonalizationRecipe(SolutionRecipes.HrnnMetadata),
        new ColdStartRecipe(SolutionRecipes.HrnnColdstart),
        new SimsRecipe(SolutionRecipes.Sims),
        new SimilarItemsRecipe(SolutionRecipes.SimilarItems),
        new SemanticSimilarityRecipe(SolutionRecipes.SemanticSimilarity),
        new PopularityRecipe(SolutionRecipes.PopularityCount),
        new NextBestActionRecipe(SolutionRecipes.NextBestAction),
        new UserSegmentationRecipe(SolutionRecipes.ItemAffinity),
        new UserSegmentationRecipe(SolutionRecipes.ItemAttributeAffinity),
        new EaseRecipe(OwnRecipes.Ease),
        new AlsRecipe(OwnRecipes.Als),
        new TransformerRecipe(OwnRecipes.Transformer),
        new PersonalizationRecipe(OwnRecipes.Ensemble),
        new ContentRecipe(OwnRecipes.Content),
        new TrendingRecipe(SolutionRecipes.TrendingNow),
        new RecentPopularityRecipe(CountedRecipes.RecentPopularity),
        new ItemNeighboursRecipe(CountedRecipes.ItemNeighbours),
        new SequenceStatisticsRecipe(CountedRecipes.SequenceStatistics),
        new SessionNeighboursRecipe(CountedRecipes.SessionNeighbours),
        .. DomainRecipes.Implementations,
    ];
}
