using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Popularity;

internal sealed class PopularityModel : TrainedModel
{
    public PopularityModel(RecipeDescription recipe, InteractionLog log, float[] logShares, string rung = "popularity")
        : base(recipe, log, rung, logShares) { }

    public PopularityModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact) { }

    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        LogShares.Span.CopyTo(scores);
        return default;
    }
}
