namespace Kindred.Portal.Controls.Charts;

/// <summary>A measured value and the interval that it lies in with the confidence the page names.</summary>
public sealed record Interval(double Value, double Low, double High);

/// <summary>One line of an <see cref="IntervalTable"/>: a value for each of its metrics.</summary>
/// <param name="Note">A grey second line.</param>
/// <param name="IsBaseline">The others are measured against it: its values are drawn as a rule through every line.</param>
public sealed record IntervalRow(string Name, string? Note, string Tone, IReadOnlyList<Interval?> Cells, bool IsBaseline = false);
