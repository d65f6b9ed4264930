using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Evaluation.Protocols;

/// <summary>
/// A split at one moment for everybody, as a service meets it: the oldest 80 % of all interactions train, the next 10 % are known when
/// recommending but were not trained on, the newest 10 % are what should be found.
/// </summary>
public sealed class TimeSplitProtocol : IProtocol
{
    private const double TrainingShare = 0.8;
    private const double InputShare = 0.9;

    public string Name => "time";
    public string Description => "the oldest 80 % of all interactions train, the next 10 % are in the input only, the newest 10 % are to be found";

    public EvaluationPlan Plan(InteractionLog log, int seed, int maxCases)
    {
        var times = log.Timestamps.ToArray();
        Array.Sort(times);
        var (trainingEnd, inputEnd) = (MomentAt(times, TrainingShare), MomentAt(times, InputShare));
        var keep = new bool[log.Count];
        for (var i = 0; i < keep.Length; i++)
            keep[i] = log.Timestamps[i] < trainingEnd;

        var (next, later) = (new List<TestCase>(), new List<TestCase>());
        var strangers = 0;
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var (start, end) = (log.UserStarts[user], log.UserStarts[user + 1]);
            var cut = start;
            while (cut < end && log.Timestamps[cut] < inputEnd)
                cut++;
            var truth = NewItems(log.Items[start..cut], log.Items[cut..end]);
            if (truth.Length == 0)
                continue;
            if (cut == start)
            {
                strangers++;
                continue;
            }
            // Asked when the first of them is about to happen.
            var asked = cut + log.Items[cut..end].IndexOf(truth[0]);
            next.Add(new TestCase(start, cut, truth[..1]) { Asked = asked });
            later.Add(new TestCase(start, cut, truth) { Asked = asked });
        }
        return new EvaluationPlan(log.Where(keep), log,
        [
            new TestSlice("next new item", Draw.Some(next, maxCases, seed)),
            new TestSlice("all later new items", Draw.Some(later, maxCases, seed)),
        ])
        {
            Notes = strangers == 0
                ? []
                : [FormattableString.Invariant(
                    $"{strangers:N0} users without any interaction before the cut are not tested; see the protocol cold-users.")],
        };
    }

    /// <summary>The first moment that no longer belongs to the oldest part: interactions of one moment stay together.</summary>
    private static long MomentAt(long[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    /// <summary>Different items of the later part that the earlier one has not, in the order in which they came.</summary>
    private static int[] NewItems(ReadOnlySpan<int> earlier, ReadOnlySpan<int> later)
    {
        if (later.IsEmpty)
            return [];
        var known = new HashSet<int>(earlier.ToArray());
        var found = new List<int>();
        foreach (var item in later)
        {
            if (known.Add(item))
                found.Add(item);
        }
        return [.. found];
    }
}
