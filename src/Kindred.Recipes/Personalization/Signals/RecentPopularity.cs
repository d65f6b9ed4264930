using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Personalization.Signals;

/// <summary>
/// Popularity as it was at any time: events count less and less the more events came after them. A history is judged by the popularity of
/// the time when it ends, so an item that had not appeared yet is unlikely, and one that had gone out of fashion too.
/// </summary>
/// <param name="Times">When each state begins to hold, ascending, epoch seconds, shape [states].</param>
/// <param name="LogOdds">log(recent share / overall share) of each item in each state, row-major, shape [states, items].</param>
internal sealed record RecentPopularity(ReadOnlyMemory<long> Times, ReadOnlyMemory<float> LogOdds) : ISignal
{
    private const int MaxStates = 128;
    private const int MaxEntries = 4_000_000; // 16 MB
    private const int MaxSample = 1 << 20;

    /// <summary>Shares of the probability that go by popularity up to then, and by overall popularity.</summary>
    private const double SoFar = 0.15, Overall = 0.02;

    /// <summary>Half-lives that are tried, as shares of all events.</summary>
    private static readonly double[] HalfLives = [0.002, 0.006, 0.02, 0.06, 0.2];

    public string Name => "recent popularity";
    public float PriorWeight => 0.2f;
    public bool IsRecency => true;

    public void Add(in HistoryView history, float weight, SignalScratch scratch, Span<float> scores)
    {
        var times = Times.Span;
        var state = times.BinarySearch(history.Now);
        state = state >= 0 ? state : ~state - 1;
        if (state < 0)
            return; // before the first state nothing had happened yet
        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(LogOdds.Span.Slice(state * scores.Length, scores.Length), weight, scores, scores);
    }

    /// <summary>Counts; null when all events have the same time, or there are too few to tell.</summary>
    /// <param name="log">The interactions.</param>
    /// <param name="logShares">Overall popularity, shape [items].</param>
    public static RecentPopularity? Train(InteractionLog log, ReadOnlySpan<float> logShares)
    {
        var times = Boundaries(log, Math.Clamp(MaxEntries / Math.Max(1, logShares.Length), 1, MaxStates));
        if (times.Length < 4)
            return null;
        var counts = Count(log, times);
        var shares = new double[logShares.Length];
        for (var item = 0; item < shares.Length; item++)
            shares[item] = Math.Exp(logShares[item]);
        var best = HalfLives.Select(share => share * times.Length)
            .Select(halfLife => Math.Pow(2, -1 / halfLife)).MaxBy(keep => LogLikelihood(counts, shares, keep));
        var odds = new float[counts.Length];
        Walk(counts, shares, best, (state, p) =>
        {
            for (var item = 0; item < p.Length; item++)
                odds[state * p.Length + item] = (float)Math.Log(p[item] / shares[item]);
        });
        return new RecentPopularity(times, odds);
    }

    public void Write(ArtifactWriter writer, string prefix) =>
        writer.Tensor($"{prefix}.times", Times).Tensor($"{prefix}.log_odds", LogOdds, LogOdds.Length / Times.Length);

    /// <exception cref="ModelArtifactException">Missing, or not over <paramref name="itemCount"/> items.</exception>
    public static RecentPopularity Read(ModelArtifact artifact, string prefix, int itemCount)
    {
        var recent = new RecentPopularity(artifact.Tensor<long>($"{prefix}.times"), artifact.Tensor<float>($"{prefix}.log_odds"));
        if (recent.Times.Length == 0 || recent.LogOdds.Length != (long)recent.Times.Length * itemCount)
            throw new ModelArtifactException($"The recent popularity of the model artifact does not fit its {itemCount} items.");
        return recent;
    }

    /// <summary>Times between which there is about the same number of events; the last is that of the newest event.</summary>
    private static long[] Boundaries(InteractionLog log, int most)
    {
        if (log.Count == 0)
            return [];
        var stride = 1 + (log.Count - 1) / MaxSample;
        var sample = new long[(log.Count - 1) / stride + 1];
        for (var i = 0; i < sample.Length; i++)
            sample[i] = log.Timestamps[i * stride];
        Array.Sort(sample);
        // Not fewer than 50 events between two times, or a state would be noise.
        var states = Math.Min(most, log.Count / 50);
        var newest = long.MinValue;
        foreach (var time in log.Timestamps)
            newest = Math.Max(newest, time);
        var times = new SortedSet<long> { newest };
        for (var state = 1; state < states; state++)
            times.Add(sample[(int)((long)state * sample.Length / states)]);
        return [.. times];
    }

    /// <summary>Weight of the events of each item after the time before and up to each time, shape [states, items].</summary>
    private static float[] Count(InteractionLog log, long[] times)
    {
        var counts = new float[times.Length * log.ItemIds.Count];
        for (var i = 0; i < log.Count; i++)
        {
            var state = Array.BinarySearch(times, log.Timestamps[i]);
            counts[(state >= 0 ? state : ~state) * log.ItemIds.Count + log.Items[i]] += log.WeightOf(i);
        }
        return counts;
    }

    /// <summary>How well each state foretells the events up to the next.</summary>
    private static double LogLikelihood(float[] counts, double[] shares, double keep)
    {
        var sum = 0.0;
        Walk(counts, shares, keep, (state, p) =>
        {
            for (var next = (state + 1) * p.Length; next < counts.Length && next < (state + 2) * p.Length; next++)
            {
                if (counts[next] > 0)
                    sum += counts[next] * Math.Log(p[next % p.Length]);
            }
        });
        return sum;
    }

    private static void Walk(float[] counts, double[] shares, double keep, Action<int, double[]> visit)
    {
        var (recent, soFar, p) = (new double[shares.Length], new double[shares.Length], new double[shares.Length]);
        var (recentSum, soFarSum) = (0.0, 0.0);
        for (var state = 0; state * shares.Length < counts.Length; state++)
        {
            recentSum *= keep;
            for (var item = 0; item < shares.Length; item++)
            {
                var count = counts[state * shares.Length + item];
                recent[item] = keep * recent[item] + count;
                soFar[item] += count;
                recentSum += count;
                soFarSum += count;
            }
            var (ofRecent, ofSoFar) = (recentSum > 0 ? (1 - SoFar - Overall) / recentSum : 0, soFarSum > 0 ? SoFar / soFarSum : 0);
            for (var item = 0; item < shares.Length; item++)
                p[item] = ofRecent * recent[item] + ofSoFar * soFar[item] + Overall * shares[item];
            visit(state, p);
        }
    }
}
