namespace Kindred.Numerics.Ranking;

/// <summary>Size and effort of an inverted file.</summary>
/// <param name="Lists">Lists that the items are shared out to; 0 = the square root of their number, rounded up to 32s.</param>
/// <param name="Probes">Lists that a query looks through.</param>
/// <param name="Rounds">Rounds of k-means.</param>
/// <param name="SamplePerList">Items per list that k-means learns from.</param>
public sealed record IvfOptions(int Lists = 0, int Probes = 64, int Rounds = 6, int SamplePerList = 64);
