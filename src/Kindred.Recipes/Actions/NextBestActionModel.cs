using Kindred.Files;
using Kindred.Recipes.Als;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;

namespace Kindred.Recipes.Actions;

/// <summary>Propensities of actions; items are scored by the factors that the propensities look at too.</summary>
internal sealed class NextBestActionModel : MemberModel, IActionPropensity
{
    private readonly ActionScorer _scorer;
    private readonly ReadOnlyMemory<float> _values;

    public NextBestActionModel(
        RecipeDescription recipe, InteractionLog log, float[] logShares, IdTable actions, ReadOnlyMemory<float> values, ActionScorer scorer)
        : base(recipe, log, RungOf(scorer), logShares, scorer.Factors) => (Users, Actions, _values, _scorer) = (log.UserIds, actions, values, scorer);

    public NextBestActionModel(RecipeDescription recipe, ModelArtifact artifact)
        : base(recipe, artifact, (file, _, items) => AlsFactors.Read(file, "factors", items))
    {
        (Users, Actions) = (artifact.Ids("users"), artifact.Ids("actions"));
        _values = artifact.Tensor<float>("actions.values");
        _scorer = ActionScorer.Read(artifact, Items.Count, Actions.Count);
    }

    public IdTable Actions { get; }
    public IdTable Users { get; }

    public void ScoreActions(
        int user, ReadOnlySpan<HistoryEvent> history, ReadOnlySpan<ActionHistoryEvent> actions, long now, Span<float> propensities)
    {
        ThrowIfNotOnePerAction(propensities.Length, nameof(propensities));
        using var lease = Lease();
        _scorer.Score(user, history, actions, now, propensities);
    }

    public int RankActions(ReadOnlySpan<float> propensities, Span<int> best)
    {
        ThrowIfNotOnePerAction(propensities.Length, nameof(propensities));
        var keys = new (float Propensity, float Value, int Action)[propensities.Length];
        using (Lease())
        {
            for (var action = 0; action < keys.Length; action++)
            {
                var isValued = action < _values.Length && float.IsFinite(_values.Span[action]);
                keys[action] = (-propensities[action], isValued ? -_values.Span[action] : 0, action);
            }
        }
        Array.Sort(keys);
        var count = Math.Min(best.Length, keys.Length);
        for (var i = 0; i < count; i++)
            best[i] = keys[i].Action;
        return count;
    }

    protected override void Write(ArtifactWriter writer)
    {
        writer.Ids("users", Users).Ids("actions", Actions).Tensor("actions.values", _values);
        _scorer.Write(writer);
    }

    private static string RungOf(ActionScorer scorer) => scorer switch
    {
        { EligibleCount: 0 } => "no action has enough interactions yet",
        { HasTrees: true } => "boosted trees",
        _ => "rate of each action",
    };

    private void ThrowIfNotOnePerAction(int places, string name)
    {
        if (places != Actions.Count)
            throw new ArgumentException($"There are {places} places for the propensities of {Actions.Count} actions.", name);
    }
}
