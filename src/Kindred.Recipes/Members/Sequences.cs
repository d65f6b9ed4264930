using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Members;

/// <summary>
/// What each user did, one step after the other: repeats of the same item in a row are one step, whose weight is the largest among them
/// (view, view, add to cart, purchase of one product is one step). Users are separated by <see cref="End"/>.
/// </summary>
internal sealed class Sequences
{
    public const int End = -1;

    private Sequences(int[] starts, int[] items, float[] weights, int itemCount) =>
        (Starts, Items, Weights, ItemCount) = (starts, items, weights, itemCount);

    /// <summary>Where each user's steps begin, shape [users + 1]; the last place before the next user holds <see cref="End"/>.</summary>
    public int[] Starts { get; }

    public int[] Items { get; }
    public float[] Weights { get; }
    public int ItemCount { get; }
    public int UserCount => Starts.Length - 1;

    /// <summary>A user's steps, without the separator.</summary>
    public ReadOnlySpan<int> StepsOf(int user) => Items.AsSpan(Starts[user]..(Starts[user + 1] - 1));

    public static Sequences Of(InteractionLog log)
    {
        var starts = new int[log.UserIds.Count + 1];
        var items = new List<int>(log.Count + log.UserIds.Count);
        var weights = new List<float>(log.Count + log.UserIds.Count);
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            for (var i = log.UserStarts[user]; i < log.UserStarts[user + 1]; i++)
            {
                var weight = log.WeightOf(i);
                if (i > log.UserStarts[user] && items[^1] == log.Items[i])
                {
                    weights[^1] = Math.Max(weights[^1], weight);
                    continue;
                }
                items.Add(log.Items[i]);
                weights.Add(weight);
            }
            items.Add(End);
            weights.Add(0);
            starts[user + 1] = items.Count;
        }
        return new Sequences(starts, [.. items], [.. weights], log.ItemIds.Count);
    }
}
