using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.Sims;

internal sealed class SimsModel : TrainedModel
{
    private readonly SparseRows _neighbours;

    public SimsModel(RecipeDescription recipe, InteractionLog log, float[] logShares, SparseRows neighbours)
        : base(recipe, log, "item-kNN", logShares) => _neighbours = neighbours;

    public SimsModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact) =>
        _neighbours = Rows.Read(artifact, "neighbours", Items.Count);

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

    protected override void Write(ArtifactWriter writer) => writer.Write("neighbours", _neighbours);
}
