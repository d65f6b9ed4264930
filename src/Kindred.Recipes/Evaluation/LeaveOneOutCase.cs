namespace Kindred.Recipes.Evaluation;

/// <summary>One target to rank.</summary>
/// <param name="User">User code in the log.</param>
/// <param name="End">The input ends before this interaction of the log.</param>
/// <param name="Target">Item code.</param>
public readonly record struct LeaveOneOutCase(int User, int End, int Target);
