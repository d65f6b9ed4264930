using Kindred.Numerics.Sparse;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Members;

/// <summary>The different items of each user, newest first, with the largest weight of the user's interactions with each.</summary>
internal sealed class UserItems
{
    private readonly float[] _weights;

    private UserItems(SparsePattern pattern, float[] weights, bool isUnweighted) =>
        (Pattern, _weights, IsUnweighted) = (pattern, weights, isUnweighted);

    /// <summary>Shape [users, items].</summary>
    public SparsePattern Pattern { get; }

    /// <summary>Every weight is 1, so sums of weights are counts.</summary>
    public bool IsUnweighted { get; }

    public ReadOnlySpan<float> WeightsOf(int user) => _weights.AsSpan(Pattern.Starts[user]..Pattern.Starts[user + 1]);

    /// <param name="log">The interactions.</param>
    /// <param name="maxPerUser">Newest different items of a user that are kept.</param>
    /// <param name="isIncluded">Items that take part, shape [items]; empty = all.</param>
    public static UserItems Of(InteractionLog log, int maxPerUser, ReadOnlySpan<bool> isIncluded)
    {
        var starts = new int[log.UserIds.Count + 1];
        var (columns, weights) = (new List<int>(log.Count), new List<float>(log.Count));
        var place = new int[log.ItemIds.Count]; // 1 + where the current user has the item; stale when before the user's start
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            for (var i = log.UserStarts[user + 1] - 1; i >= log.UserStarts[user]; i--)
            {
                var (item, weight) = (log.Items[i], log.WeightOf(i));
                if (place[item] > starts[user])
                {
                    weights[place[item] - 1] = Math.Max(weights[place[item] - 1], weight);
                }
                else if (columns.Count - starts[user] < maxPerUser && (isIncluded.IsEmpty || isIncluded[item]))
                {
                    columns.Add(item);
                    weights.Add(weight);
                    place[item] = columns.Count;
                }
            }
            starts[user + 1] = columns.Count;
        }
        return new UserItems(new SparsePattern(starts, [.. columns], log.ItemIds.Count), [.. weights], weights.TrueForAll(weight => weight == 1));
    }
}
