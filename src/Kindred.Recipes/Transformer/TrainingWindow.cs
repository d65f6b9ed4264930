namespace Kindred.Recipes.Transformer;

/// <summary>A stretch of a user's steps to train on.</summary>
/// <param name="User">User code.</param>
/// <param name="From">First input step.</param>
/// <param name="Length">Input steps; each has the step after it as its target.</param>
internal readonly record struct TrainingWindow(int User, int From, int Length);
