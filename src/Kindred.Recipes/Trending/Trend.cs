using Kindred.Numerics.Probability;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Popularity;

namespace Kindred.Recipes.Trending;

/// <summary>How much faster an item gathers users now than before, in standard deviations of what chance would do.</summary>
internal static class Trend
{
    /// <summary>Half-life of the longer memory, in windows.</summary>
    private const double LongMemory = 8;

    /// <summary>What a nat of popularity is worth beside a standard deviation of growth: it orders the items that do not grow.</summary>
    private const float PopularityWeight = 0.01f;

    /// <summary>
    /// log softmax of max(0, z) + 0.01·log q, where z = 2·(√(n + 3/8) - √(e + 3/8)): n users of the item with a half-life of one window,
    /// e what its share of the users with a half-life of eight windows would have led to. The square roots (Anscombe 1948) make the
    /// variance of a count 1, whatever its size, so that one view more of a rare item is no trend.
    /// </summary>
    /// <param name="log">The interactions; now is when they end.</param>
    /// <param name="logShares">log q of each item.</param>
    /// <param name="windowSeconds">Length of a window.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    public static float[] Scores(InteractionLog log, ReadOnlySpan<float> logShares, double windowSeconds, CancellationToken cancellationToken)
    {
        var now = DataSpan.Of(log).Last;
        var recent = DecayedUsers.Count(log, long.MinValue, now, windowSeconds, cancellationToken);
        var before = DecayedUsers.Count(log, long.MinValue, now, LongMemory * windowSeconds, cancellationToken);
        var ratio = before.Sum() is > 0 and var total ? recent.Sum() / total : 0;
        var scores = new float[logShares.Length];
        for (var item = 0; item < scores.Length; item++)
        {
            var growth = 2 * (Math.Sqrt(recent[item] + 0.375) - Math.Sqrt(ratio * before[item] + 0.375));
            scores[item] = (float)Math.Max(0, growth) + PopularityWeight * logShares[item];
        }
        var logSum = LogSumExp.Compute(scores);
        for (var item = 0; item < scores.Length; item++)
            scores[item] -= logSum;
        return scores;
    }
}
