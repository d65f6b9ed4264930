namespace Kindred.Recipes.Training;

/// <summary>What a training is expected to take, told before it begins.</summary>
/// <param name="Duration">Wall-clock time on this machine with the threads asked for.</param>
/// <param name="PeakBytes">Memory at its peak, the training data included.</param>
public readonly record struct TrainingQuote(TimeSpan Duration, long PeakBytes);
