namespace Kindred.Lab.Evaluations;

/// <summary>One recipe, trained and measured.</summary>
/// <param name="Recipe">Its name.</param>
/// <param name="Rung">Which members serve.</param>
/// <param name="Training">How long training took.</param>
/// <param name="Measuring">How long measuring took.</param>
/// <param name="Slices">The metrics.</param>
internal sealed record MeasuredRecipe(string Recipe, string Rung, TimeSpan Training, TimeSpan Measuring, IReadOnlyList<MeasuredSlice> Slices);
