using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.Neighbours;

/// <summary>Session neighbours smoothed by popularity.</summary>
internal sealed class SessionNeighboursModel : TrainedModel
{
    private readonly SessionNeighbours _sessions;
    private readonly float[] _inverseShares;

    public SessionNeighboursModel(RecipeDescription recipe, InteractionLog log, float[] logShares, SessionNeighbours sessions)
        : base(recipe, log, "session neighbours + popularity", logShares) =>
            (_sessions, _inverseShares) = (sessions, ItemPopularity.InverseShares(logShares));

    public SessionNeighboursModel(RecipeDescription recipe, ModelArtifact artifact) : base(recipe, artifact)
    {
        using var lease = artifact.Lease();
        _sessions = SessionNeighbours.Read(artifact, "sessions");
        if (_sessions.ItemCount != Items.Count)
            throw new ModelArtifactException($"The sessions of the model artifact are over {_sessions.ItemCount} items, not {Items.Count}.");
        _inverseShares = ItemPopularity.InverseShares(LogShares.Span);
    }

    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        LogShares.Span.CopyTo(scores);
        _sessions.AddLogOdds(query.History, _inverseShares, 1, scores);
        return default;
    }

    protected override bool TryRelate(in RelatedQuery query, Span<float> scores)
    {
        scores.Clear();
        _sessions.Score(new ScoreQuery { History = [new HistoryEvent(query.Item, -1, 0)] }, scores);
        var isRelated = false;
        for (var other = 0; other < scores.Length; other++)
        {
            isRelated |= scores[other] > 0;
            scores[other] = scores[other] > 0 ? scores[other] : float.NegativeInfinity;
        }
        return isRelated;
    }

    protected override void Write(ArtifactWriter writer) => _sessions.Write(writer, "sessions");
}
