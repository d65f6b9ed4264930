using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.Sims;

internal sealed class SimsModel : TrainedModel
{
    /// <summary>Further behind than any popularity.</summary>
    private const float Behind = 1000;

    private const string LimitFact = "limits_recommended";
    private readonly SparseRows _neighbours;
    private readonly ReadOnlyMemory<byte> _isRecommended; // empty = all are

    public SimsModel(RecipeDescription recipe, InteractionLog log, float[] logShares, SparseRows neighbours, bool[] isRecommended)
        : base(recipe, log, "item-kNN", logShares) =>
        (_neighbours, _isRecommended) = (neighbours, Array.ConvertAll(isRecommended, included => included ? (byte)1 : (byte)0));

    public SimsModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        _neighbours = Rows.Read(artifact, "neighbours", Items.Count);
        // Artifacts of earlier releases do not say.
        if (!artifact.Metadata.ContainsKey(LimitFact))
            return;
        _isRecommended = artifact.Tensor<byte>("is_recommended");
        if (_isRecommended.Length != Items.Count)
            throw new ModelArtifactException($"The model artifact limits {_isRecommended.Length} items of {Items.Count}.");
    }

    /// <summary>Items related to the newest item of the history come first, then all others, both by popularity where nothing else tells.</summary>
    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        LogShares.Span.CopyTo(scores);
        Span<int> buffer = stackalloc int[1];
        if (Steps.Newest(query.History, Items.Count, buffer) is not [var newest])
            return default;
        _neighbours.Row(newest, out var columns, out var values);
        for (var i = 0; i < columns.Length; i++)
            scores[columns[i]] = values[i] + 1; // logarithms of shares are below 0, similarities above: the related are in front
        return default;
    }

    protected override bool TryRelate(in RelatedQuery query, Span<float> scores)
    {
        _neighbours.Row(query.Item, out var columns, out var values);
        if (columns.IsEmpty)
            return false;
        scores.Fill(float.NegativeInfinity);
        for (var i = 0; i < columns.Length; i++)
            scores[columns[i]] = values[i];
        return true;
    }

    /// <summary>By popularity; what the percentiles leave out comes when nothing else is left.</summary>
    protected override void ComputeUnrelated(Span<float> scores)
    {
        LogShares.Span.CopyTo(scores);
        var isRecommended = _isRecommended.Span;
        for (var item = 0; item < isRecommended.Length; item++)
            scores[item] -= isRecommended[item] == 0 ? Behind : 0;
    }

    protected override void Write(ArtifactWriter writer)
    {
        writer.Write("neighbours", _neighbours);
        if (!_isRecommended.IsEmpty)
            writer.Fact(LimitFact, "1").Tensor("is_recommended", _isRecommended);
    }
}
