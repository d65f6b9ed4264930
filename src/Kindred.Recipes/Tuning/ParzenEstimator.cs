namespace Kindred.Recipes.Tuning;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra et al., Algorithms for hyper-parameter optimization, NIPS 2011): proposes the place
/// that is likeliest under the density of the good places relative to that of the others. Places are in the unit cube.
/// </summary>
internal static class ParzenEstimator
{
    private const double GoodShare = 0.25;
    private const int Draws = 32;

    /// <summary>Places to try next, most promising first.</summary>
    /// <param name="tried">Places tried so far, best first.</param>
    /// <param name="dimensions">Of the cube.</param>
    /// <param name="random">Draws the proposals.</param>
    public static IEnumerable<double[]> Propose(IReadOnlyList<double[]> tried, int dimensions, Random random)
    {
        var good = Math.Max(1, (int)Math.Ceiling(GoodShare * tried.Count));
        var proposals = new (double[] Place, double Ratio)[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (place, ratio) = (new double[dimensions], 0.0);
            for (var d = 0; d < dimensions; d++)
            {
                place[d] = Draw([.. tried.Take(good).Select(other => other[d])], random);
                ratio += LogDensity(place[d], [.. tried.Take(good).Select(other => other[d])]);
                ratio -= LogDensity(place[d], [.. tried.Skip(good).Select(other => other[d])]);
            }
            proposals[draw] = (place, ratio);
        }
        return proposals.OrderByDescending(proposal => proposal.Ratio).Select(proposal => proposal.Place);
    }

    // One kernel per place and one uniform for the prior, all of the same weight.
    private static double Draw(double[] centres, Random random)
    {
        var kernel = random.Next(centres.Length + 1);
        if (kernel == centres.Length)
            return random.NextDouble();
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var place = centres[kernel] + Bandwidth(centres.Length) * normal;
        return place is >= 0 and < 1 ? place : random.NextDouble(); // clamping would pile proposals up at the border
    }

    private static double LogDensity(double place, double[] centres)
    {
        var (sum, width) = (1.0, Bandwidth(centres.Length));
        foreach (var centre in centres)
        {
            var distance = (place - centre) / width;
            sum += Math.Exp(-0.5 * distance * distance) / (width * Math.Sqrt(2 * Math.PI));
        }
        return Math.Log(sum / (centres.Length + 1));
    }

    private static double Bandwidth(int count) => Math.Max(0.05, 0.25 * Math.Pow(Math.Max(1, count), -0.4));
}
