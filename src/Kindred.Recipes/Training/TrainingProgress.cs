namespace Kindred.Recipes.Training;

/// <summary>How far a training is.</summary>
/// <param name="Fraction">Share of the work done, 0..1.</param>
/// <param name="Stage">What is being done now, a short phrase for people.</param>
public readonly record struct TrainingProgress(double Fraction, string Stage);
