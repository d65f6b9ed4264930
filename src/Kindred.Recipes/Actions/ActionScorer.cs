using Kindred.Recipes.Als;
using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Actions;

/// <summary>Everything that a propensity is computed from. Safe for concurrent callers.</summary>
internal sealed class ActionScorer(
    AlsFactors factors, ActionTastes tastes, ActionFeatures features, Propensity propensity, bool[] isEligible, ActionCounts counts)
{
    private readonly double[] _rates = [.. Enumerable.Range(0, isEligible.Length).Select(counts.RateOf)];

    public AlsFactors Factors => factors;
    public int ActionCount => isEligible.Length;
    public int EligibleCount => isEligible.Count(eligible => eligible);
    public bool HasTrees => propensity.Trees is not null;
    public bool IsEligible(int action) => isEligible[action];
    public double RateOf(int action) => _rates[action];

    public void Score(int user, ReadOnlySpan<HistoryEvent> history, ReadOnlySpan<ActionHistoryEvent> actions, long now, Span<float> propensities)
    {
        var memory = new ActionMemory();
        foreach (var known in actions)
        {
            if ((uint)known.Action < (uint)ActionCount)
                memory.Record(known.Action, known.Event, known.Timestamp);
        }
        var context = ActionContext.Of(user, history, memory, now);
        var (direction, row) = (new float[factors.Stride], new float[features.Count]);
        ActionTastes.Direction(factors, history, direction);
        for (var action = 0; action < propensities.Length; action++)
        {
            if (!isEligible[action])
            {
                propensities[action] = 0;
                continue;
            }
            features.Fill(context, action, _rates[action], counts.Offered[action], tastes.AffinityOf(user, direction, action), row);
            propensities[action] = (float)propensity.Of(row, _rates[action]);
        }
    }

    public void Write(ArtifactWriter writer)
    {
        factors.Write(writer, "factors");
        propensity.Write(writer);
        writer.Tensor("tastes.sums", tastes.Sums).Tensor("tastes.takers", tastes.Takers)
            .Tensor<int>("features.counts", new[] { features.Actions.Count, features.Users.Count })
            .Tensor("features.actions", features.Actions.Values).Tensor("features.users", features.Users.Values)
            .Tensor<byte>("actions.eligible", Array.ConvertAll(isEligible, eligible => (byte)(eligible ? 1 : 0)))
            .Tensor<float>("actions.offered", counts.Offered).Tensor<float>("actions.taken", counts.Taken);
    }

    public static ActionScorer Read(ModelArtifact artifact, int itemCount, int actionCount)
    {
        using var lease = artifact.Lease();
        var factors = AlsFactors.Read(artifact, "factors", itemCount);
        var tastes = new ActionTastes(artifact.Tensor<float>("tastes.sums"), artifact.Tensor<float>("tastes.takers"));
        var isEligible = Array.ConvertAll(artifact.Tensor<byte>("actions.eligible").ToArray(), eligible => eligible != 0);
        var counts = new ActionCounts(artifact.Tensor<float>("actions.offered").ToArray(), artifact.Tensor<float>("actions.taken").ToArray());
        if (artifact.Tensor<int>("features.counts").Span is not [>= 0 and var ofActions, >= 0 and var ofUsers]
            || isEligible.Length != actionCount || counts.Offered.Length != actionCount || counts.Taken.Length != actionCount
            || tastes.Takers.Length != 2 * actionCount || tastes.Sums.Length != 2 * actionCount * factors.Stride)
            throw new ModelArtifactException($"The propensities of the model artifact are not those of {actionCount} actions.");
        var features = new ActionFeatures(
            new SplitFeatures(ofActions, artifact.Tensor<float>("features.actions")),
            new SplitFeatures(ofUsers, artifact.Tensor<float>("features.users")));
        var propensity = Propensity.Read(artifact);
        if (propensity.Trees is { } trees && trees.FeatureCount != features.Count)
            throw new ModelArtifactException($"The trees of the model artifact take {trees.FeatureCount} features; {features.Count} were expected.");
        return new ActionScorer(factors, tastes, features, propensity, isEligible, counts);
    }
}
