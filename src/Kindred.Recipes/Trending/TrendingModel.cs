using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Trending;

/// <summary>One score per item, the same for everybody.</summary>
internal sealed class TrendingModel : TrainedModel
{
    private readonly ReadOnlyMemory<float> _scores;

    public TrendingModel(RecipeDescription recipe, InteractionLog log, float[] logShares, float[] scores)
        : base(recipe, log, "trend + popularity", logShares) => _scores = scores;

    public TrendingModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        _scores = artifact.Tensor<float>("trend");
        if (_scores.Length != Items.Count)
            throw new ModelArtifactException($"The model artifact has {_scores.Length} trends for {Items.Count} items.");
    }

    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        _scores.Span.CopyTo(scores);
        return default;
    }

    protected override void Write(ArtifactWriter writer) => writer.Tensor("trend", _scores);
}
