using System.Globalization;
using Kindred.Files;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes;

/// <summary>What all models have in common: items, event types, the popularity that everything falls back to, and the artifact.</summary>
public abstract class TrainedModel : ITrainedModel
{
    private readonly ModelArtifact? _artifact;
    private volatile bool _isDisposed;

    /// <summary>A model that was just trained.</summary>
    protected TrainedModel(RecipeDescription recipe, InteractionLog log, string rung, float[] logShares)
    {
        (Recipe, Items, EventTypes, Rung, LogShares) = (recipe, log.ItemIds, log.EventTypes, rung, logShares);
        foreach (var item in log.Items)
            MetItems = Math.Max(MetItems, item + 1);
    }

    /// <summary>A model served from its artifact, which it now owns.</summary>
    protected TrainedModel(RecipeDescription recipe, ModelArtifact artifact)
    {
        if (artifact.Recipe != recipe.Name)
            throw new ModelArtifactException($"The model artifact is one of {artifact.Recipe}; {recipe.Name} was expected.");
        (Recipe, _artifact) = (recipe, artifact);
        Items = artifact.Ids("items");
        EventTypes = artifact.Strings("event_types");
        Rung = artifact.Metadata.GetValueOrDefault("rung", recipe.Name);
        LogShares = artifact.Tensor<float>("log_shares");
        MetItems = Items.Count;
        if (int.TryParse(artifact.Metadata.GetValueOrDefault("met_items"), NumberStyles.None, CultureInfo.InvariantCulture, out var met))
            MetItems = Math.Min(met, Items.Count);
        if (LogShares.Length != Items.Count)
            throw new ModelArtifactException($"The model artifact has {LogShares.Length} popularities for {Items.Count} items.");
    }

    public RecipeDescription Recipe { get; }
    public IdTable Items { get; }
    public int MetItems { get; }
    public IReadOnlyList<string> EventTypes { get; }
    public string Rung { get; }
    public bool HasScores => Recipe.HasScores;

    /// <summary>Logarithm of each item's share of all interacting users, shape [Items.Count].</summary>
    protected ReadOnlyMemory<float> LogShares { get; }

    public virtual IReadOnlyList<string> ContextColumns => [];

    public virtual bool PlacesMetItems => false;

    public ScoreSummary Score(in ScoreQuery query, Span<float> scores)
    {
        ThrowIfNotOnePerItem(scores);
        using var lease = Lease();
        return Compute(query, scores);
    }

    public bool KnowsUser(ReadOnlySpan<byte> user)
    {
        using var lease = Lease();
        return Knows(user);
    }

    public bool TryScoreRelated(in RelatedQuery query, Span<float> scores)
    {
        ThrowIfNotOnePerItem(scores);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)query.Item, (uint)Items.Count, nameof(query));
        using var lease = Lease();
        return TryRelate(query, scores);
    }

    public void ScoreUnrelated(Span<float> scores)
    {
        ThrowIfNotOnePerItem(scores);
        using var lease = Lease();
        ComputeUnrelated(scores);
    }

    public void Save(Stream destination) => Save(destination, static _ => { });

    public void Save(Stream destination, Action<ArtifactWriter> addition)
    {
        using var lease = Lease();
        var writer = new ArtifactWriter(Recipe.Name).Fact("rung", Rung).Fact("met_items", MetItems.ToString(CultureInfo.InvariantCulture))
            .Ids("items", Items).Strings("event_types", EventTypes).Tensor("log_shares", LogShares);
        Write(writer);
        addition(writer);
        writer.Save(destination);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _artifact?.Dispose();
        GC.SuppressFinalize(this); // a derived type may have a finalizer
    }

    /// <summary><see cref="Score"/> with the artifact held open.</summary>
    protected abstract ScoreSummary Compute(in ScoreQuery query, Span<float> scores);

    /// <summary>Looks a user up with the artifact held open.</summary>
    protected virtual bool Knows(ReadOnlySpan<byte> user) => false;

    /// <summary>Relates with the artifact held open.</summary>
    protected virtual bool TryRelate(in RelatedQuery query, Span<float> scores) => false;

    /// <summary>Fills lists of related items with the artifact held open.</summary>
    protected virtual void ComputeUnrelated(Span<float> scores) => LogShares.Span.CopyTo(scores);

    /// <summary>Adds what the recipe has beyond the common tensors.</summary>
    protected virtual void Write(ArtifactWriter writer) { }

    /// <summary>Keeps the tensors readable until it is disposed.</summary>
    protected ArtifactLease Lease()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _artifact is null ? default : _artifact.Lease();
    }

    private void ThrowIfNotOnePerItem(Span<float> scores)
    {
        if (scores.Length != Items.Count)
            throw new ArgumentException($"There are {scores.Length} places for the scores of {Items.Count} items.", nameof(scores));
    }
}
