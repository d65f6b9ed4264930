namespace Kindred.Recipes.Actions;

/// <summary>An action interaction of the training data.</summary>
/// <param name="User">User code of the interaction log.</param>
/// <param name="Action">Action code.</param>
/// <param name="Event">What the user did.</param>
/// <param name="Timestamp">When, in epoch seconds.</param>
public readonly record struct LoggedAction(int User, int Action, ActionEvent Event, long Timestamp);
