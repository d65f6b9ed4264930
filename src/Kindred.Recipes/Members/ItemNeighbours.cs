using Kindred.Numerics.Sparse;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Members;

/// <summary>Item-to-item neighbours by co-occurrence: how many users interacted with both, discounted by how popular each is.</summary>
/// <param name="PopularityDiscount">s(i, j) = c(i, j) / (n(i)·n(j))^discount; 0.5 is the cosine, 0 the plain count.</param>
/// <param name="MinUsers">Pairs with fewer common users are not neighbours; looked at where all interactions weigh the same.</param>
internal sealed record ItemNeighbours(double PopularityDiscount = 0.5, int MinUsers = 1)
{
    /// <summary>Newest different items of a user that count: keeps the cost of a robot with a million events in bounds.</summary>
    public const int MaxItemsPerUser = 1000;

    /// <param name="users">The items of each user.</param>
    /// <param name="maxPerRow">Neighbours that an item may have.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="isNeighbour">Items that may be neighbours, shape [items]; empty = all. Every item has neighbours.</param>
    public SparseRows Train(UserItems users, int maxPerRow, TrainingRun run, ReadOnlySpan<bool> isNeighbour = default)
    {
        var counts = new int[users.Pattern.ColumnCount];
        foreach (var item in users.Pattern.Columns)
            counts[item]++;
        var discount = new float[counts.Length];
        for (var item = 0; item < discount.Length; item++)
            discount[item] = (float)Math.Pow(Math.Max(1, counts[item]), -PopularityDiscount);
        var targets = (float[])discount.Clone();
        for (var item = 0; item < isNeighbour.Length; item++)
            targets[item] = isNeighbour[item] ? targets[item] : 0;
        return CoOccurrence.Build(
            users.Pattern, users.Weights, discount, MinUsers, maxPerRow, run.Threads, targets, run.CancellationToken);
    }
}
