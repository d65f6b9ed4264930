using System.Numerics.Tensors;
using Kindred.Numerics.Dense;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Content;

/// <summary>
/// Scores items by what they are: every item, also one that nobody has met, by the vector that its metadata predicts, against the items of
/// the history, which stand with their collaborative vectors as far as they have met users.
/// </summary>
internal sealed class ContentVectors : IMember
{
    private const int MaxSteps = 500;
    private const float PriorUsers = 5; // an item's own vector counts as much as the predicted one once so many users met it

    private readonly ReadOnlyMemory<float> _queries;
    private readonly ReadOnlyMemory<float> _targets;
    private readonly int _dimension;
    private readonly float _decay;

    private ContentVectors(ReadOnlyMemory<float> queries, ReadOnlyMemory<float> targets, int dimension, float decay) =>
        (_queries, _targets, _dimension, _decay) = (queries, targets, dimension, decay);

    public int ItemCount => _targets.Length / _dimension;

    /// <summary>Learns from interactions and item metadata.</summary>
    /// <exception cref="ArgumentException">There is no metadata of items.</exception>
    public static ContentVectors Train(TrainingSet data, ContentOptions options, TrainingRun run) =>
        Of(ContentFactors.Learn(data, options, run), options);

    public static ContentVectors Of(ContentFactors factors, ContentOptions options) =>
        new(factors.IsAligned ? Blend(factors) : factors.Queries, factors.Targets, factors.Dimension, (float)options.Decay);

    public void Score(in ScoreQuery query, Span<float> scores)
    {
        Span<float> user = stackalloc float[_dimension];
        Look(query.History, user);
        RowProducts.Compute(_targets.Span, _dimension, user, scores);
    }

    /// <summary>Scores only some items.</summary>
    /// <param name="history">Oldest first.</param>
    /// <param name="items">Codes of the items.</param>
    /// <param name="scores">Receives their scores, shape [items].</param>
    public void Score(ReadOnlySpan<HistoryEvent> history, ReadOnlySpan<int> items, Span<float> scores)
    {
        Span<float> user = stackalloc float[_dimension];
        Look(history, user);
        var targets = _targets.Span;
        for (var i = 0; i < items.Length; i++)
            scores[i] = TensorPrimitives.Dot(user, targets.Slice(items[i] * _dimension, _dimension));
    }

    public void Write(ArtifactWriter writer, string prefix) => writer
        .Tensor($"{prefix}.queries", _queries, _dimension).Tensor($"{prefix}.targets", _targets, _dimension)
        .Tensor<float>($"{prefix}.decay", new[] { _decay, _dimension });

    /// <exception cref="ModelArtifactException">The tensors are missing or do not fit together.</exception>
    public static ContentVectors Read(ModelArtifact artifact, string prefix)
    {
        var (queries, targets, facts) = (
            artifact.Tensor<float>($"{prefix}.queries"), artifact.Tensor<float>($"{prefix}.targets"), artifact.Tensor<float>($"{prefix}.decay"));
        using var lease = artifact.Lease();
        if (queries.Length != targets.Length || facts.Length != 2
            || facts.Span[1] is var dimension && (dimension < 1 || queries.Length % (int)dimension != 0))
            throw new ModelArtifactException($"The content vectors '{prefix}' of the model artifact do not fit together.");
        return new ContentVectors(queries, targets, (int)facts.Span[1], facts.Span[0]);
    }

    private void Look(ReadOnlySpan<HistoryEvent> history, Span<float> user)
    {
        user.Clear();
        var (weight, steps, last) = (1f, 0, -1);
        for (var i = history.Length - 1; i >= 0 && steps < MaxSteps; i--)
        {
            var item = history[i].Item;
            if ((uint)item >= (uint)ItemCount || item == last)
                continue;
            TensorPrimitives.MultiplyAdd(_queries.Span.Slice(item * _dimension, _dimension), weight, user, user);
            (weight, steps, last) = (weight * _decay, steps + 1, item);
        }
    }

    private static float[] Blend(ContentFactors factors)
    {
        var (own, width) = (factors.Collaborative, factors.Dimension);
        var blended = (float[])factors.Queries.Clone();
        for (var item = 0; item < own.Users.Length; item++)
        {
            var share = own.Users[item] / (own.Users[item] + PriorUsers);
            for (var k = item * width; k < (item + 1) * width; k++)
                blended[k] = share * own.Queries[k] + (1 - share) * blended[k];
        }
        return blended;
    }
}
