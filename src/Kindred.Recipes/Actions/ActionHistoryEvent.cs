namespace Kindred.Recipes.Actions;

/// <summary>One thing a user did about an action, in the codes of one model.</summary>
/// <param name="Action">Index into <see cref="IActionPropensity.Actions"/>; an unknown one is ignored.</param>
/// <param name="Event">What they did.</param>
/// <param name="Timestamp">When, in epoch seconds.</param>
public readonly record struct ActionHistoryEvent(int Action, ActionEvent Event, long Timestamp);
