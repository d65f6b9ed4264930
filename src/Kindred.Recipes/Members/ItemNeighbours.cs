using Kindred.Numerics.Sparse;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Members;

/// <summary>Item-to-item neighbours by co-occurrence: how many users interacted with both, discounted by how popular each is.</summary>
/// <param name="PopularityDiscount">s(i, j) = c(i, j) / (n(i)·n(j))^discount; 0.5 is the cosine, 0 the plain count.</param>
/// <param name="MinUsers">Pairs with fewer common users are not neighbours.</param>
internal sealed record ItemNeighbours(double PopularityDiscount = 0.5, int MinUsers = 1)
{
    /// <summary>Newest different items of a user that count: keeps the cost of a robot with a million events in bounds.</summary>
    public const int MaxItemsPerUser = 1000;

    public SparseRows Train(UserItems users, int maxPerRow, TrainingRun run)
    {
        var byItem = users.Pattern.Transpose();
        var discount = new float[byItem.RowCount];
        for (var item = 0; item < discount.Length; item++)
            discount[item] = (float)Math.Pow(Math.Max(1, byItem.Row(item).Length), -PopularityDiscount);
        var least = Math.Max(1, MinUsers);
        return SparseRowsBuilder.Build(byItem.RowCount, byItem.RowCount, maxPerRow, run.Threads, (item, sums) =>
        {
            foreach (var user in byItem.Row(item))
                sums.AddScaled(users.Pattern.Row(user), users.WeightsOf(user), 1);
            if (sums.ColumnCount > 0 && byItem.Row(item).Length > 0)
                sums[item] = 0;
            foreach (var other in sums.Touched)
                sums[other] = sums[other] < least && users.IsUnweighted ? 0 : sums[other] * discount[item] * discount[other];
        }, run.CancellationToken);
    }
}
