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
    /// <remarks>At its peak 8 bytes per interaction, 16 where event types have weights.</remarks>
    public static UserItems Of(InteractionLog log, int maxPerUser, ReadOnlySpan<bool> isIncluded)
    {
        var starts = new int[log.UserIds.Count + 1];
        var columns = new int[log.Count];
        float[] weights = log.TypeWeights.ContainsAnyExcept(1f) ? new float[log.Count] : [];
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
                }
                else if (count - starts[user] < maxPerUser && (isIncluded.IsEmpty || isIncluded[item]))
                {
                    columns[count] = item;
                    if (weights.Length > 0)
                        weights[count] = log.WeightOf(i);
                    place[item] = ++count;
                }
            }
            starts[user + 1] = count;
        }
        Array.Resize(ref columns, count); // leaves the arrays alone when nothing was repeated
        if (weights.Length > 0)
            Array.Resize(ref weights, count);
        return new UserItems(new SparsePattern(starts, columns, log.ItemIds.Count), weights);
    }
}
