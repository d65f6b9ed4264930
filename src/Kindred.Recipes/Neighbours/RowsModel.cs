using System.Collections.Concurrent;
using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.Neighbours;

/// <summary>One item-to-item matrix, looked at through the newest steps of a history and smoothed by popularity.</summary>
internal sealed class RowsModel : TrainedModel
{
    private readonly SparseRows _rows;
    private readonly View _view;
    private readonly float[] _inverseShares;
    private readonly ConcurrentBag<RowAccumulator> _accumulators = [];

    public RowsModel(RecipeDescription recipe, InteractionLog log, string rung, float[] logShares, SparseRows rows, View view)
        : base(recipe, log, rung, logShares) => (_rows, _view, _inverseShares) = (rows, view, ItemPopularity.InverseShares(logShares));

    public RowsModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        using var lease = artifact.Lease();
        _rows = Rows.Read(artifact, "rows", Items.Count);
        _view = artifact.Tensor<double>("view").Span is [var length and >= 1 and <= View.MaxLength, var decay]
            ? new View((int)length, decay)
            : throw new ModelArtifactException("The view of the model artifact is not a length and a decay.");
        _inverseShares = ItemPopularity.InverseShares(LogShares.Span);
    }

    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        LogShares.Span.CopyTo(scores);
        Span<int> buffer = stackalloc int[View.MaxLength];
        var steps = Steps.Newest(query.History, Items.Count, buffer[.._view.Length]);
        if (steps.IsEmpty)
            return default;
        var sums = _accumulators.TryTake(out var idle) ? idle : new RowAccumulator(Items.Count);
        _view.Accumulate(_rows, steps, sums);
        View.AddLogOdds(sums, _inverseShares, 1, scores);
        _accumulators.Add(sums); // not after an exception: its sums would be in an unknown state
        return default;
    }

    protected override bool TryRelate(in RelatedQuery query, Span<float> scores)
    {
        _rows.Row(query.Item, out var columns, out var values);
        if (columns.IsEmpty)
            return false;
        scores.Fill(float.NegativeInfinity);
        for (var i = 0; i < columns.Length; i++)
            scores[columns[i]] = values[i];
        return true;
    }

    protected override void Write(ArtifactWriter writer) =>
        writer.Tensor<double>("view", new double[] { _view.Length, _view.Decay }).Write("rows", _rows);
}
