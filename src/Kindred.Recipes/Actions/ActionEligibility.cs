using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Actions;

/// <summary>Which actions have been taken and not taken often enough, and lately enough, to be scored.</summary>
internal static class ActionEligibility
{
    public const int LeastTaken = 50;
    public const int LeastOther = 50;
    private static readonly TimeSpan Window = TimeSpan.FromDays(6 * 7);

    /// <summary>
    /// An action is scored when, within six weeks of the end of the action interactions, it was taken 50 times and declined or only viewed 50
    /// times.
    /// </summary>
    public static bool[] Of(ActionSet actions)
    {
        var isEligible = new bool[actions.Ids.Count];
        if (actions.Interactions.Count == 0)
            return isEligible;
        var lasts = actions.Interactions.GroupBy(interaction => interaction.User, interaction => interaction.Timestamp).Select(times => times.Max());
        var since = DataSpan.EndOf([.. lasts]) - (long)Window.TotalSeconds;
        var (taken, other) = (new int[isEligible.Length], new int[isEligible.Length]);
        foreach (var interaction in actions.Interactions)
        {
            if (interaction.Timestamp >= since)
                (interaction.Event is ActionEvent.Taken ? taken : other)[interaction.Action]++;
        }
        for (var action = 0; action < isEligible.Length; action++)
            isEligible[action] = taken[action] >= LeastTaken && other[action] >= LeastOther;
        return isEligible;
    }
}
