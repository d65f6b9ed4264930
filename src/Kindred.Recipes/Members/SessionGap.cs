using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Members;

/// <summary>
/// How long users pause before what they do next belongs to another session. The logarithms of the pauses fall into two heaps, within
/// and between sessions (Halfaker et al., <i>User session identification based on strong regularities in inter-activity time</i>,
/// WWW 2015); the threshold between them is Otsu's (1979), which separates the heaps best.
/// </summary>
internal static class SessionGap
{
    private const int Bins = 120;
    private const double BinsPerDoubling = 4;
    private const long LeastSeconds = 5 * 60;
    private const long MostSeconds = 24 * 3600;

    /// <summary>Pauses too few to see heaps in.</summary>
    private const int LeastPauses = 100;

    /// <summary>Share of the variance that the threshold must explain: an even spread has 0.75, one normal heap 0.64, two apart nearly 1.</summary>
    private const double LeastSeparation = 0.7;

    /// <summary>Seconds between two events from which on they belong to different sessions; null when the data shows no sessions.</summary>
    public static long? Estimate(InteractionLog log)
    {
        var histogram = new long[Bins];
        var times = log.Timestamps;
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            for (var i = log.UserStarts[user] + 1; i < log.UserStarts[user + 1]; i++)
            {
                if (times[i] > times[i - 1])
                    histogram[BinOf(times[i] - times[i - 1])]++;
            }
        }
        if (histogram.Sum() < LeastPauses)
            return null;
        var (threshold, separation) = Otsu(histogram);
        var seconds = (long)Math.Round(Math.Pow(2, (threshold + 1) / BinsPerDoubling));
        return separation >= LeastSeparation ? Math.Clamp(seconds, LeastSeconds, MostSeconds) : null;
    }

    private static int BinOf(long seconds) => Math.Min(Bins - 1, (int)(Math.Log2(seconds) * BinsPerDoubling));

    /// <summary>The last bin of the lower heap, and the share of the variance that lies between the heaps.</summary>
    private static (int Bin, double Separation) Otsu(long[] histogram)
    {
        double count = histogram.Sum();
        var mean = histogram.Index().Sum(bin => (double)bin.Item * bin.Index) / count;
        var variance = histogram.Index().Sum(bin => bin.Item * (bin.Index - mean) * (bin.Index - mean)) / count;
        var (first, last, bestBetween, below, sumBelow) = (0, 0, 0.0, 0.0, 0.0);
        for (var bin = 0; bin < Bins - 1; bin++)
        {
            below += histogram[bin] / count;
            sumBelow += histogram[bin] * (double)bin / count;
            if (below <= 0 || below >= 1)
                continue;
            var distance = mean * below - sumBelow;
            var between = distance * distance / (below * (1 - below));
            if (between > bestBetween)
                (first, bestBetween) = (bin, between);
            if (between == bestBetween)
                last = bin; // empty bins between the heaps change nothing: the threshold is in their middle
        }
        return ((first + last) / 2, variance > 0 ? bestBetween / variance : 0);
    }
}
