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

    public SparseRows Train(UserItems users, int maxPerRow, TrainingRun run)
    {
        var counts = new int[users.Pattern.ColumnCount];
        foreach (var item in users.Pattern.Columns)
            counts[item]++;
        var discount = new float[counts.Length];
        for (var item = 0; item < discount.Length; item++)
            discount[item] = (float)Math.Pow(Math.Max(1, counts[item]), -PopularityDiscount);
        return CoOccurrence.Build(users.Pattern, users.Weights, discount, MinUsers, maxPerRow, run.Threads, run.CancellationToken);
    }
}
