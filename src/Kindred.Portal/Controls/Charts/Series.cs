namespace Kindred.Portal.Controls.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Points">In the order of X. Of a time axis X is in ticks of UTC.</param>
/// <param name="Tone"><c>1</c> to <c>6</c>: a chart colour of the theme.</param>
/// <param name="Band">Low and high around each point; null for none.</param>
public sealed record Series(
    string Name, IReadOnlyList<(double X, double Y)> Points, string Tone = "1", bool Dashed = false, bool Area = false,
    IReadOnlyList<(double Low, double High)>? Band = null);
