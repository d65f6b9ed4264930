using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Content;

/// <summary>
/// A low-rank linear autoencoder: the score of item i for a user is Σ over the user's items j of q(j)·t(i). With the singular vectors v of the
/// user-item matrix X·diag(n^-0.25), q(j) = n(j)^-0.25·v(j) and t(i) = σ²/(σ² + λ)·v(i), the ridge solution in that basis
/// (EASE without its constraint on the diagonal, which a rank far below the number of items makes unnecessary).
/// </summary>
/// <param name="Queries">How an item of a history is looked at, row-major, shape [items, Dimension]; zeros for an item that nobody met.</param>
/// <param name="Targets">How an item is recommended, same shape; zeros for an item that nobody met.</param>
/// <param name="Users">Number of different users that met each item, shape [items].</param>
/// <param name="Dimension">Dimensions; 0 when there is nothing to learn from.</param>
internal sealed record CollaborativeFactors(float[] Queries, float[] Targets, int[] Users, int Dimension)
{
    private const double PopularityPower = 0.25; // 0 to 0.5 on ML-1M, ML-100K and retail-demo-store: best or near it on each
    private const double Ridge = 0.02; // times the largest squared singular value; the same
    private const int MaxUsers = 200_000;

    public static CollaborativeFactors Of(InteractionLog log, int dimension, TrainingRun run)
    {
        var pattern = UserItems.Of(log, ItemNeighbours.MaxItemsPerUser, []).Pattern;
        var users = new int[pattern.ColumnCount];
        foreach (var item in pattern.Columns)
            users[item]++;
        var scale = Array.ConvertAll(users, count => (float)Math.Pow(Math.Max(1, count), -PopularityPower));
        var svd = TruncatedSvd.Of(Sample(pattern, scale), dimension, run.Seed, run.Threads, run.CancellationToken);
        var (queries, targets) = (new float[svd.Right.Length], new float[svd.Right.Length]);
        for (var k = 0; k < svd.Rank; k++)
        {
            var square = (double)svd.Values[k] * svd.Values[k];
            var kept = square > 0 ? (float)(square / (square + Ridge * svd.Values[0] * svd.Values[0])) : 0;
            for (var item = 0; item < users.Length; item++)
            {
                queries[item * svd.Rank + k] = scale[item] * svd.Right[item * svd.Rank + k];
                targets[item * svd.Rank + k] = kept * svd.Right[item * svd.Rank + k];
            }
        }
        return new CollaborativeFactors(queries, targets, users, svd.Rank);
    }

    /// <summary>Users with at least two items, evenly picked when there are too many.</summary>
    private static FeatureMatrix Sample(Kindred.Numerics.Sparse.SparsePattern pattern, float[] scale)
    {
        var able = Enumerable.Range(0, pattern.RowCount).Where(user => pattern.Row(user).Length >= 2).ToArray();
        var stride = Math.Max(1, (able.Length + MaxUsers - 1) / MaxUsers);
        var (starts, columns, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        for (var i = 0; i < able.Length; i += stride)
        {
            foreach (var item in pattern.Row(able[i]))
            {
                columns.Add(item);
                values.Add(scale[item]);
            }
            starts.Add(columns.Count);
        }
        return new FeatureMatrix([.. starts], [.. columns], [.. values], pattern.ColumnCount);
    }
}
