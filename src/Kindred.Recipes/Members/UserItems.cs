using Kindred.Numerics.Sparse;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Members;

/// <summary>The different items of each user, newest first, with the largest weight of the user's interactions with each.</summary>
internal sealed class UserItems
{
    private UserItems(SparsePattern pattern, float[] weights) => (Pattern, Weights) = (pattern, weights);

    /// <summary>Shape [users, items].</summary>
    public SparsePattern Pattern { get; }

    /// <summary>Weight of each entry of <see cref="Pattern"/>; empty = 1 each, so that sums of weights are counts.</summary>
    public ReadOnlyMemory<float> Weights { get; }

    public ReadOnlySpan<float> WeightsOf(int user) =>
        Weights.IsEmpty ? [] : Weights.Span[Pattern.Starts[user]..Pattern.Starts[user + 1]];

    /// <param name="log">The interactions.</param>
    /// <param name="maxPerUser">Newest different items of a user that are kept.</param>
    /// <param name="isIncluded">Items that take part, shape [items]; empty = all.</param>
    /// <param name="countsRepeats">n interactions of a user with an item weigh 1 + ln n times as much as one.</param>
    /// <remarks>At its peak 8 bytes per interaction, 16 where there are weights.</remarks>
    public static UserItems Of(InteractionLog log, int maxPerUser, ReadOnlySpan<bool> isIncluded, bool countsRepeats = false)
    {
        var starts = new int[log.UserIds.Count + 1];
        var columns = new int[log.Count];
        float[] weights = countsRepeats || log.TypeWeights.ContainsAnyExcept(1f) ? new float[log.Count] : [];
        var repeats = countsRepeats ? new int[Math.Min(maxPerUser, log.Count)] : [];
        var place = new int[log.ItemIds.Count]; // 1 + where the current user has the item; stale when before the user's start
        var items = log.Items;
        var count = 0;
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            for (var i = log.UserStarts[user + 1] - 1; i >= log.UserStarts[user]; i--)
            {
                var item = items[i];
                if (place[item] > starts[user])
                {
                    if (weights.Length > 0)
                        weights[place[item] - 1] = Math.Max(weights[place[item] - 1], log.WeightOf(i));
                    if (countsRepeats)
                        repeats[place[item] - 1 - starts[user]]++;
                }
                else if (count - starts[user] < maxPerUser && (isIncluded.IsEmpty || isIncluded[item]))
                {
                    columns[count] = item;
                    if (weights.Length > 0)
                        weights[count] = log.WeightOf(i);
                    if (countsRepeats)
                        repeats[count - starts[user]] = 1;
                    place[item] = ++count;
                }
            }
            starts[user + 1] = count;
            for (var at = starts[user]; countsRepeats && at < count; at++)
                weights[at] *= 1 + MathF.Log(repeats[at - starts[user]]);
        }
        Array.Resize(ref columns, count); // leaves the arrays alone when nothing was repeated
        if (weights.Length > 0)
            Array.Resize(ref weights, count);
        return new UserItems(new SparsePattern(starts, columns, log.ItemIds.Count), weights);
    }
}
