namespace Kindred.Recipes.Training;

/// <summary>How far a training is.</summary>
/// <param name="Fraction">Share of the work done, 0..1.</param>
/// <param name="Stage">What is being done now, a short phrase for people.</param>
/// <param name="Point">What the epoch that just ended was measured with; null when none was.</param>
public readonly record struct TrainingProgress(double Fraction, string Stage, TrainingPoint? Point = null);
