using System.Numerics.Tensors;
using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Content;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.SimilarItems;

internal sealed class SimilarItemsModel : TrainedModel
{
    // Of an item with neighbours; an item without has its vector alone.
    private const float NeighbourShare = 0.5f;
    private const int HistorySteps = 50;
    private const float HistoryDecay = 0.9f;

    private readonly SparseRows _neighbours;
    private readonly DenseVectors _vectors;
    private readonly ReadOnlyMemory<float> _discounts;

    public SimilarItemsModel(
        RecipeDescription recipe, InteractionLog log, float[] logShares, SparseRows neighbours, float[] vectors, int width,
        float[] discounts)
        : base(recipe, log, width == 0 ? "item-kNN" : "item-kNN + item vectors", logShares) =>
        (_neighbours, _vectors, _discounts) = (neighbours, new DenseVectors(vectors, width), discounts);

    public SimilarItemsModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        _neighbours = Rows.Read(artifact, "neighbours", Items.Count);
        _vectors = DenseVectors.Read(artifact, "vectors", Items.Count);
        _discounts = artifact.Tensor<float>("discounts");
        if (_discounts.Length != Items.Count)
            throw new ModelArtifactException($"The model artifact has {_discounts.Length} discounts for {Items.Count} items.");
    }

    /// <summary>Similarity to the items of the history, newer ones more; popularity where there is none.</summary>
    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        Span<int> buffer = stackalloc int[HistorySteps];
        var steps = Steps.Newest(query.History, Items.Count, buffer);
        if (steps.IsEmpty)
        {
            LogShares.Span.CopyTo(scores);
            return default;
        }
        scores.Clear();
        var weight = 1f;
        Span<float> user = stackalloc float[_vectors.Width];
        user.Clear();
        for (var i = steps.Length - 1; i >= 0; i--, weight *= HistoryDecay)
        {
            var share = AddNeighbours(steps[i], weight, scores) ? 1 - NeighbourShare : 1;
            TensorPrimitives.MultiplyAdd(_vectors.Row(steps[i]), weight * share, user, user);
        }
        _vectors.AddProducts(user, scores);
        Rank(scores);
        return default;
    }

    protected override bool TryRelate(in RelatedQuery query, Span<float> scores)
    {
        var item = query.Item;
        scores.Clear();
        Span<float> vector = stackalloc float[_vectors.Width];
        _vectors.Row(item).CopyTo(vector);
        if (AddNeighbours(item, 1, scores))
            TensorPrimitives.Multiply(vector, 1 - NeighbourShare, vector);
        _vectors.AddProducts(vector, scores);
        TensorPrimitives.Multiply(scores, _discounts.Span, scores);
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

    protected override void Write(ArtifactWriter writer) =>
        _vectors.Write(writer.Write("neighbours", _neighbours).Tensor("discounts", _discounts), "vectors");

    /// <summary>The related come in front by discounted similarity, all others by popularity; always finite.</summary>
    private void Rank(Span<float> scores)
    {
        TensorPrimitives.Multiply(scores, _discounts.Span, scores);
        var shares = LogShares.Span;
        for (var item = 0; item < scores.Length; item++)
            scores[item] = scores[item] > 0 ? scores[item] : shares[item]; // logarithms of shares are at most 0
    }

    /// <summary>Co-occurrence with one item, relative to its nearest neighbour.</summary>
    private bool AddNeighbours(int item, float weight, Span<float> scores)
    {
        _neighbours.Row(item, out var columns, out var values);
        if (columns.IsEmpty)
            return false;
        var scale = NeighbourShare * weight / values[0];
        for (var i = 0; i < columns.Length; i++)
            scores[columns[i]] += scale * values[i];
        return true;
    }
}
