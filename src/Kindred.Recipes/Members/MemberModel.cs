using System.Numerics.Tensors;
using Kindred.Numerics.Probability;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Members;

/// <summary>One member as a model of its own. What it says nothing about goes by popularity.</summary>
internal class MemberModel : TrainedModel
{
    private const string Prefix = "member";

    // Scores of these members lie around 0..1; their differences become differences of log-odds.
    private const float Sharpness = 10;

    // Orders what the member scores alike, without outweighing what it tells apart.
    private const float PopularityWeight = 1e-3f;

    private readonly IMember _member;

    public MemberModel(RecipeDescription recipe, InteractionLog log, string rung, float[] logShares, IMember member)
        : base(recipe, log, rung, logShares) => _member = member;

    /// <param name="recipe">The recipe of the artifact.</param>
    /// <param name="artifact">Owned from now on.</param>
    /// <param name="read">Reads the member, given the prefix of its tensors and the number of items.</param>
    public MemberModel(RecipeDescription recipe, ModelArtifact artifact, Func<ModelArtifact, string, int, IMember> read) : base(recipe, artifact) =>
        _member = read(artifact, Prefix, Items.Count);

    protected override ScoreSummary Compute(in ScoreQuery query, Span<float> scores)
    {
        if (!KnowsAny(query.History))
        {
            LogShares.Span.CopyTo(scores);
            return default;
        }
        _member.Score(query, scores);
        TensorPrimitives.Multiply(scores, Sharpness, scores);
        TensorPrimitives.MultiplyAdd(LogShares.Span, PopularityWeight, scores, scores);
        TensorPrimitives.Add(scores, -LogSumExp.Compute(scores), scores);
        return new ScoreSummary(LogSum: 0);
    }

    protected override void Write(ArtifactWriter writer) => _member.Write(writer, Prefix);

    private bool KnowsAny(ReadOnlySpan<HistoryEvent> history)
    {
        foreach (var step in history)
        {
            if ((uint)step.Item < (uint)Items.Count)
                return true;
        }
        return false;
    }
}
