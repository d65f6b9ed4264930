namespace Kindred.Recipes.Evaluation;

/// <summary>A mean over test users and how sure it is.</summary>
/// <param name="Value">The mean.</param>
/// <param name="Low">Lower end of the 95 % confidence interval.</param>
/// <param name="High">Upper end of the 95 % confidence interval.</param>
public readonly record struct MetricEstimate(double Value, double Low, double High);
