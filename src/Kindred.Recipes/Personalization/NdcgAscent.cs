using Kindred.Numerics.Threading;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>Moves one weight of a blend at a time as long as the held-out items rank higher. Never makes a blend worse on them.</summary>
internal static class NdcgAscent
{
    private const int MaxRounds = 6;
    private const int UsersPerBlock = 64;
    private static readonly float[] Steps = [-0.4f, -0.2f, -0.1f, -0.05f, 0.05f, 0.1f, 0.2f, 0.4f];

    /// <param name="pool">The held-out users.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="mayMove">Signals whose weight may change, shape [signals]; that of popularity always may.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static Blend Climb(CandidatePool pool, Blend start, ReadOnlySpan<bool> mayMove, TrainingRun run)
    {
        var best = start;
        for (var (round, gain) = (0, double.NegativeInfinity); round < MaxRounds; round++)
        {
            var before = gain;
            for (var signal = 0; signal <= start.Signals.Length; signal++)
            {
                if (signal < start.Signals.Length && !mayMove[signal])
                    continue;
                var least = signal < start.Signals.Length ? 0 : float.NegativeInfinity;
                // The weight as it is comes first, so another one has to be better.
                float[] moved = [best[signal], .. Steps.Select(step => Math.Max(least, best[signal] + step)).Distinct()];
                var gains = Gains(pool, best, signal, moved, run);
                var place = Array.IndexOf(gains, gains.Max());
                (best, gain) = (place > 0 ? best.With(signal, moved[place]) : best, gains[place]);
            }
            if (gain <= before)
                break;
        }
        return best;
    }

    /// <summary>Σ weight · gain of every move, summed by blocks of users: the same for any number of threads.</summary>
    private static double[] Gains(CandidatePool pool, Blend blend, int signal, float[] moved, TrainingRun run)
    {
        var blocks = new double[(pool.Users.Count + UsersPerBlock - 1) / UsersPerBlock][];
        Workers.ForBlocks(pool.Users.Count, UsersPerBlock, run.Threads, (_, from, to) =>
        {
            var sums = blocks[from / UsersPerBlock] = new double[moved.Length];
            for (var i = from; i < to; i++)
                pool.Users[i].AddGains(blend, signal, moved, sums);
        }, run.CancellationToken);
        return [.. Enumerable.Range(0, moved.Length).Select(i => blocks.Sum(block => block[i]))];
    }
}
