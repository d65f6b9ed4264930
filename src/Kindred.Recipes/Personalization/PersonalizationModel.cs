using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Explanations;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Personalization;

/// <summary>A blend of members, what it does about items met before, and perhaps a re-ranker on top.</summary>
internal sealed class PersonalizationModel : TrainedModel, IExplainableModel
{
    private readonly ConcurrentBag<SignalScratch> _scratches = [];

    public PersonalizationModel(
        RecipeDescription recipe, InteractionLog log, Ensemble ensemble, Blend blend, RepeatBlend repeats, Reranker? reranker, UnmetItems? unmetItems)
        : base(recipe, log, RungOf(ensemble, reranker, repeats), ensemble.Shares.Logs.ToArray())
    {
        (Ensemble, Blend, Repeats, Reranker, UnmetItems) = (ensemble, blend, repeats, reranker, unmetItems);
    }

    public PersonalizationModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        using var lease = artifact.Lease();
        Ensemble = Ensemble.Read(artifact, LogShares);
        var weights = artifact.Tensor<float>("blend").Span;
        if (weights.Length != Ensemble.Signals.Count + 1)
            throw new ModelArtifactException($"The model artifact has {weights.Length} blend weights; {Ensemble.Signals.Count + 1} were expected.");
        Blend = new Blend(weights[..^1].ToArray(), weights[^1]);
        Repeats = RepeatBlend.Read(artifact, Ensemble.ItemCount);
        if (artifact.Metadata.ContainsKey("ranker"))
            Reranker = Reranker.Read(artifact, Ensemble);
        if (artifact.Metadata.ContainsKey("new"))
            UnmetItems = UnmetItems.Read(artifact, Ensemble.ItemCount);
        if (!artifact.Metadata.ContainsKey("objective"))
            return;
        Objective = artifact.Tensor<float>("objective").ToArray();
        if (Objective.Length != Items.Count)
            throw new ModelArtifactException($"The model artifact has an objective for {Objective.Length} items; {Items.Count} were expected.");
    }

    /// <summary>What an objective adds to each item's score, shape [items]; null = there is none.</summary>
    public float[]? Objective { get; init; }

    public Ensemble Ensemble { get; }
    public Blend Blend { get; }
    public RepeatBlend Repeats { get; }
    public Reranker? Reranker { get; }

    /// <summary>Null when all items had been met, nothing was known of them, or the blend knows what they are.</summary>
    public UnmetItems? UnmetItems { get; }

    public override IReadOnlyList<string> ContextColumns => Ensemble.ContextColumns;

    public override bool PlacesMetItems => Repeats.Places;

    public IReadOnlyList<string> Members => [.. Ensemble.Parts.Select(part => part.Kind.Name), "popularity"];

    public bool TryExplain(in ScoreQuery query, ReadOnlySpan<int> items, Span<float> contributions)
    {
        var members = Ensemble.Parts.Count + 1;
        if (contributions.Length != items.Length * members)
            throw new ArgumentException($"There are {contributions.Length} places for {members} members of {items.Length} items.", nameof(contributions));
        using var lease = Lease();
        var view = new HistoryView(query, Items.Count, stackalloc int[HistoryView.MaxSteps]);
        if (view.Steps.IsEmpty)
            return false;
        var scratch = _scratches.TryTake(out var idle) ? idle : new SignalScratch(Items.Count);
        var columns = scratch.Columns(Ensemble.Signals.Count).AsSpan(0, Ensemble.Signals.Count);
        Ensemble.ScoreEach(view, scratch, columns);
        contributions.Clear();
        for (var (member, signal) = (0, 0); member < Ensemble.Parts.Count; member++)
        {
            for (var last = signal + Ensemble.Parts[member].Part.Signals.Count; signal < last; signal++)
                AddAboveMean(columns[signal], Blend.Signals[signal], items, contributions[member..], members);
        }
        AddAboveMean(LogShares.Span, Blend.Popularity, items, contributions[(members - 1)..], members);
        _scratches.Add(scratch);
        return true;
    }

    private static void AddAboveMean(ReadOnlySpan<float> column, float weight, ReadOnlySpan<int> items, Span<float> contributions, int stride)
    {
        if (weight == 0)
            return;
        var mean = TensorPrimitives.Sum(column) / column.Length;
        for (var i = 0; i < items.Length; i++)
            contributions[i * stride] += weight * (column[items[i]] - mean);
    }

    protected override bool Knows(ReadOnlySpan<byte> user) => Ensemble.KnowsNewcomer(user);

    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        var view = new HistoryView(query, Items.Count, stackalloc int[HistoryView.MaxSteps]);
        if (view.Steps.IsEmpty)
        {
            if (!Ensemble.TryScoreNewcomer(query, scores))
                LogShares.Span.CopyTo(scores);
            AddObjective(scores);
            return default;
        }
        var scratch = _scratches.TryTake(out var idle) ? idle : new SignalScratch(Items.Count);
        scratch.Met.Look(view.Events, Repeats.Habit.IsOfBaskets);
        if (Reranker is null)
        {
            Ensemble.Score(view, Blend, scratch, scores);
            UnmetItems?.Apply(view.Events, scratch.Dense, scores);
        }
        else
        {
            ScoreAndRerank(view, scratch, scores);
        }
        var logSum = Repeats.Apply(scratch.Met, LogShares.Span, scores);
        _scratches.Add(scratch); // not after an exception: its sums would be in an unknown state
        return AddObjective(scores) ? default : new ScoreSummary(logSum);
    }

    private bool AddObjective(Span<float> scores)
    {
        if (Objective is null)
            return false;
        TensorPrimitives.Add(scores, Objective, scores);
        return true;
    }

    protected override void Write(ArtifactWriter writer)
    {
        float[] weights = [.. Blend.Signals, Blend.Popularity];
        writer.Tensor<float>("blend", weights);
        Ensemble.Write(writer);
        Repeats.Write(writer);
        if (Reranker is not null)
        {
            writer.Fact("ranker", "trees");
            Reranker.Write(writer);
        }
        if (Objective is not null)
            writer.Fact("objective", "ranks").Tensor<float>("objective", Objective);
        if (UnmetItems is not null)
        {
            writer.Fact("new", "content");
            UnmetItems.Write(writer);
        }
    }

    private void ScoreAndRerank(in HistoryView view, SignalScratch scratch, Span<float> scores)
    {
        var columns = scratch.Columns(Ensemble.Signals.Count);
        Ensemble.ScoreEach(view, scratch, columns.AsSpan(0, Ensemble.Signals.Count));
        TensorPrimitives.Multiply(LogShares.Span, Blend.Popularity, scores);
        for (var signal = 0; signal < Blend.Signals.Length; signal++)
        {
            if (Blend.Signals[signal] > 0)
                TensorPrimitives.MultiplyAdd(columns[signal], Blend.Signals[signal], scores, scores);
        }
        UnmetItems?.Apply(view.Events, scratch.Dense, scores);
        Reranker!.Apply(view.Events, LogShares.Span, columns, scratch.Met, scores);
    }

    /// <summary>What serves, for people.</summary>
    private static string RungOf(Ensemble ensemble, Reranker? reranker, RepeatBlend repeats)
    {
        // Popularity smooths every signal, and serves those without a history.
        var blended = string.Join(" + ", [.. ensemble.Parts.Select(part => part.Kind.Name), "popularity"]);
        var ranked = reranker is null ? blended : $"{blended}, ranked by boosted trees";
        return repeats.Habit.IsOfBaskets ? $"{ranked}, chosen on the next basket" : ranked;
    }
}
