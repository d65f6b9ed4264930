using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Content;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.SemanticSimilarity;

internal sealed class SemanticSimilarityModel : TrainedModel
{
    private readonly DenseVectors _vectors;
    private readonly ReadOnlyMemory<float> _popularity;
    private readonly ReadOnlyMemory<float> _freshness;

    public SemanticSimilarityModel(
        RecipeDescription recipe, InteractionLog log, float[] logShares,
        DenseVectors vectors, HashedTextEncoder? encoder, float[] popularity, float[] freshness)
        : base(recipe, log, "text vectors", logShares) =>
        (_vectors, Encoder, _popularity, _freshness) = (vectors, encoder, popularity, freshness);

    public SemanticSimilarityModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        _vectors = DenseVectors.Read(artifact, "vectors", Items.Count);
        Encoder = artifact.Metadata.ContainsKey("learned_encoder") ? HashedTextEncoder.Read(artifact, "encoder") : null;
        (_popularity, _freshness) = (artifact.Tensor<float>("popularity"), artifact.Tensor<float>("freshness"));
        if (_popularity.Length != Items.Count || _freshness.Length != Items.Count)
            throw new ModelArtifactException($"The model artifact does not have the popularity and freshness of its {Items.Count} items.");
    }

    /// <summary>What the texts were encoded with; null for an encoder of the caller.</summary>
    public HashedTextEncoder? Encoder { get; }

    /// <summary>The vectors, outliving the artifact.</summary>
    public DenseVectors CopyVectors() => _vectors with { Values = _vectors.Values.ToArray() };

    /// <summary>Items like the newest one of the history come first, all others by popularity.</summary>
    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        Span<int> buffer = stackalloc int[1];
        var isRelated = Steps.Newest(query.History, Items.Count, buffer) is [var newest] && TryRelate(new RelatedQuery(newest), scores);
        var shares = LogShares.Span;
        for (var item = 0; item < scores.Length; item++)
            scores[item] = isRelated && scores[item] > 0 ? scores[item] : shares[item]; // logarithms of shares are at most 0
        return default;
    }

    protected override bool TryRelate(in RelatedQuery query, Span<float> scores)
    {
        scores.Clear();
        _vectors.AddProducts(_vectors.Row(query.Item), scores);
        var found = false;
        for (var other = 0; other < scores.Length; other++)
        {
            if (scores[other] > 0 && other != query.Item)
                found = true;
            else
                scores[other] = float.NegativeInfinity;
        }
        if (found && (query.PopularityInfluence != 0 || query.FreshnessInfluence != 0))
            Bend(query, scores);
        return found;
    }

    private void Bend(in RelatedQuery query, Span<float> scores)
    {
        var popularity = _popularity.Span;
        var freshness = _freshness.Span;
        for (var item = 0; item < scores.Length; item++) // minus infinity stays
            scores[item] += query.PopularityInfluence * popularity[item] + query.FreshnessInfluence * freshness[item];
    }

    protected override void Write(ArtifactWriter writer)
    {
        _vectors.Write(writer.Tensor("popularity", _popularity).Tensor("freshness", _freshness), "vectors");
        if (Encoder is null)
            return;
        writer.Fact("learned_encoder", "hashed terms");
        Encoder.Write(writer, "encoder");
    }
}
