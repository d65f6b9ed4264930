using Kindred.Files;

namespace Kindred.Recipes.Actions;

/// <summary>A trained model that tells how likely a user is to take each action.</summary>
public interface IActionPropensity
{
    /// <summary>The actions; their index is the action code of the other members.</summary>
    IdTable Actions { get; }

    /// <summary>The users whose attributes the model knows.</summary>
    IdTable Users { get; }

    /// <summary>Probability that the user takes each action within the optimisation period, if it is recommended now.</summary>
    /// <param name="user">Index into <see cref="Users"/>; -1 = not among them.</param>
    /// <param name="history">What the user did with items, oldest first.</param>
    /// <param name="actions">What the user did about actions, oldest first.</param>
    /// <param name="now">Epoch seconds.</param>
    /// <param name="propensities">Receives 0..1 per action, shape [Actions.Count]; 0 for an action with too few interactions to tell.</param>
    void ScoreActions(
        int user, ReadOnlySpan<HistoryEvent> history, ReadOnlySpan<ActionHistoryEvent> actions, long now, Span<float> propensities);

    /// <summary>Orders actions by propensity, ties by the action's VALUE, then by code.</summary>
    /// <param name="propensities">What <see cref="ScoreActions"/> gave.</param>
    /// <param name="best">Receives action codes, best first.</param>
    /// <returns>How many there are.</returns>
    int RankActions(ReadOnlySpan<float> propensities, Span<int> best);
}
