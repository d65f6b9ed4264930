using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.Personalization;

internal sealed class PersonalizationModel : TrainedModel
{
    private readonly Mixture _mixture;
    private readonly Blend _blend;
    private readonly ConcurrentBag<RowAccumulator> _accumulators = [];

    public PersonalizationModel(RecipeDescription recipe, InteractionLog log, Mixture mixture, Blend blend)
        : base(recipe, log, blend.Rung, mixture.LogShares.ToArray()) => (_mixture, _blend) = (mixture, blend);

    public PersonalizationModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        using var lease = artifact.Lease();
        _blend = Blend.FromTensor(artifact.Tensor<float>("blend").Span);
        _mixture = new Mixture(
            _blend.UsesSequence ? Rows.Read(artifact, "sequence", Items.Count) : default,
            _blend.UsesNeighbours ? Rows.Read(artifact, "neighbours", Items.Count) : default,
            LogShares);
    }

    protected override void Score(ReadOnlySpan<HistoryEvent> history, Span<float> scores)
    {
        Span<int> buffer = stackalloc int[Mixture.MaxSteps];
        var steps = Steps.Newest(history, Items.Count, buffer);
        if (steps.IsEmpty)
        {
            LogShares.Span.CopyTo(scores);
            return;
        }
        TensorPrimitives.Multiply(LogShares.Span, _blend.LogShareWeight, scores);
        var sums = _accumulators.TryTake(out var idle) ? idle : new RowAccumulator(Items.Count);
        for (var view = 0; view < Mixture.Views.Length; view++)
        {
            if (_blend.Views[view] > 0)
                _mixture.AddView(view, steps, _blend.Views[view], sums, scores);
        }
        _accumulators.Add(sums); // not after an exception: its sums would be in an unknown state
    }

    protected override void Write(ArtifactWriter writer)
    {
        writer.Tensor<float>("blend", _blend.ToTensor());
        if (_blend.UsesSequence)
            writer.Write("sequence", _mixture.Sequence);
        if (_blend.UsesNeighbours)
            writer.Write("neighbours", _mixture.Neighbours);
    }
}
