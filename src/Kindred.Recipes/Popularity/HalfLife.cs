using Kindred.Numerics.Threading;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Popularity;

/// <summary>How fast the past fades: the half-life under which the newest tenth of the interactions was least surprising.</summary>
internal static class HalfLife
{
    private const int Bins = 4096;
    private const double HeldOut = 0.1;

    /// <summary>Share of the probability that goes by all-time popularity, so that nothing is impossible.</summary>
    private const double Smoothing = 0.1;

    private const double Day = 86_400;
    private static readonly double[] Candidates = [.. new[] { 365, 180, 90, 45, 21, 10, 5, 2, 1, 0.5, 0.25, 0.1, 0.04 }.Select(days => days * Day)];

    /// <summary>Seconds; infinity when nothing fades, also when all happened at one time.</summary>
    public static double Choose(InteractionLog log, TrainingRun run)
    {
        var (first, last) = DataSpan.Of(log);
        if (last <= first || CutOf(log, first, last) is not { } cut)
            return double.PositiveInfinity;
        var truth = DecayedUsers.Count(log, cut, last, double.PositiveInfinity, run.CancellationToken);
        double[] candidates = [double.PositiveInfinity, .. Candidates.Where(seconds => seconds < cut - first)];
        var likelihoods = new double[candidates.Length];
        Workers.ForBlocks(candidates.Length, 1, run.Threads, (_, from, _) =>
        {
            var shares = Shares(log, cut, candidates[from], run.CancellationToken);
            for (var item = 0; item < shares.Length; item++)
                likelihoods[from] += truth[item] * Math.Log(shares[item]);
        }, run.CancellationToken);
        return candidates[Array.IndexOf(likelihoods, likelihoods.Max())]; // of equals the longest
    }

    /// <summary>Each item's share of the recent users, smoothed with its share of all; they add up to 1 and none is 0.</summary>
    public static double[] Shares(InteractionLog log, long until, double halfLifeSeconds, CancellationToken cancellationToken)
    {
        var all = DecayedUsers.Count(log, long.MinValue, until, double.PositiveInfinity, cancellationToken);
        var shares = Array.ConvertAll(ItemPopularity.LogShares([.. all.Select(count => (float)count)]), logShare => Math.Exp(logShare));
        if (double.IsInfinity(halfLifeSeconds))
            return shares;
        var recent = DecayedUsers.Count(log, long.MinValue, until, halfLifeSeconds, cancellationToken);
        var total = recent.Sum();
        for (var item = 0; total > 0 && item < shares.Length; item++)
            shares[item] = (1 - Smoothing) * recent[item] / total + Smoothing * shares[item];
        return shares;
    }

    /// <summary>The time that about nine interactions in ten do not come after; null when that leaves none on one of the sides.</summary>
    private static long? CutOf(InteractionLog log, long first, long last)
    {
        var width = Math.Max(1, (last - first) / Bins + 1);
        var histogram = new long[Bins + 1];
        foreach (var time in log.Timestamps)
        {
            if (time >= first && time <= last)
                histogram[(time - first) / width]++;
        }
        var all = histogram.Sum();
        var (bin, newer) = (histogram.Length - 1, 0L);
        while (bin > 0 && newer + histogram[bin] <= all * HeldOut)
            newer += histogram[bin--];
        // A bin that holds more than the tenth by itself is held out whole, unless it is the first.
        if (newer == 0 && bin > 0)
            newer += histogram[bin--];
        return newer > 0 && newer < all ? first + (bin + 1) * width - 1 : null;
    }
}
