using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Content;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.SemanticSimilarity;

internal sealed class SemanticSimilarityModel : TrainedModel, IInfluencedModel
{
    private readonly ItemVectors _vectors;
    private readonly ReadOnlyMemory<float> _popularity;
    private readonly ReadOnlyMemory<float> _freshness;

    public SemanticSimilarityModel(
        RecipeDescription recipe, InteractionLog log, float[] logShares, ItemVectors vectors, HashedTextEncoder? encoder, float[] popularity, float[] freshness)
        : base(recipe, log, "text vectors", logShares) =>
        (_vectors, Encoder, _popularity, _freshness) = (vectors, encoder, popularity, freshness);

    public SemanticSimilarityModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        _vectors = ItemVectors.Read(artifact, "vectors", Items.Count);
        Encoder = artifact.Metadata.ContainsKey("learned_encoder") ? HashedTextEncoder.Read(artifact, "encoder") : null;
        (_popularity, _freshness) = (artifact.Tensor<float>("popularity"), artifact.Tensor<float>("freshness"));
        if (_popularity.Length != Items.Count || _freshness.Length != Items.Count)
            throw new ModelArtifactException($"The model artifact does not have the popularity and freshness of its {Items.Count} items.");
    }

    /// <summary>What the texts were encoded with; null for an encoder of the caller.</summary>
    public HashedTextEncoder? Encoder { get; }

    /// <summary>The vectors, outliving the artifact.</summary>
    public ItemVectors CopyVectors() => _vectors with { Values = _vectors.Values.ToArray() };

    public bool TryScoreRelated(int item, float popularityInfluence, float freshnessInfluence, Span<float> scores)
    {
        if (!TryScoreRelated(item, scores))
            return false;
        using var lease = Lease();
        var popularity = _popularity.Span;
        var freshness = _freshness.Span;
        for (var other = 0; other < scores.Length; other++)
            scores[other] += popularityInfluence * popularity[other] + freshnessInfluence * freshness[other]; // minus infinity stays
        return true;
    }

    /// <summary>Items like the newest one of the history come first, all others by popularity.</summary>
    protected override void Score(ReadOnlySpan<HistoryEvent> history, Span<float> scores)
    {
        Span<int> buffer = stackalloc int[1];
        var isRelated = Steps.Newest(history, Items.Count, buffer) is [var newest] && TryRelate(newest, scores);
        var shares = LogShares.Span;
        for (var item = 0; item < scores.Length; item++)
            scores[item] = isRelated && scores[item] > 0 ? scores[item] : shares[item]; // logarithms of shares are at most 0
    }

    protected override bool TryRelate(int item, Span<float> scores)
    {
        scores.Clear();
        _vectors.AddProducts(_vectors.Row(item), scores);
        var found = false;
        for (var other = 0; other < scores.Length; other++)
        {
            if (scores[other] > 0 && other != item)
                found = true;
            else
                scores[other] = float.NegativeInfinity;
        }
        return found;
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
