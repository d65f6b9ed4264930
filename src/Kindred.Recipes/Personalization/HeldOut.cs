namespace Kindred.Recipes.Personalization;

/// <summary>One interaction that is held out, or one basket.</summary>
/// <param name="User">User code in the log.</param>
/// <param name="Target">Position in the log; what is before it is the history.</param>
/// <param name="IsFresh">The user had not met the item before, or one item of the basket.</param>
/// <param name="Share">
/// How many newest interactions it stands for, to estimate how often items are met again: 1; 2 for a repeat, of which only every other is
/// held out; 0 for a new item that is not the user's newest interaction.
/// </param>
/// <param name="Length">Interactions of the basket, of which the target is the first.</param>
internal readonly record struct HeldOut(int User, int Target, bool IsFresh, int Share, int Length = 1);
