using Kindred.Recipes.Content;

namespace Kindred.Recipes.Tests.Content;

public class TruncatedSvdTests
{
    [Theory, InlineData(40, 30), InlineData(30, 40), InlineData(5, 3), InlineData(1, 1)]
    public void Of_PlantedRank_IsRecovered(int rows, int columns)
    {
        // X = Σ σ_k u_k v_kᵀ with disjoint, hence orthogonal, supports.
        var rank = Math.Min(3, Math.Min(rows, columns));
        double Left(int row, int k) => row % rank == k ? 1 + row % 5 : 0;
        double Right(int column, int k) => column % rank == k ? 1 + column % 7 : 0;
        var dense = new double[rows, columns];
        var expected = new double[rank];
        for (var k = 0; k < rank; k++)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                    dense[row, column] += (k + 1) * Left(row, k) * Right(column, k);
            }
            expected[k] = (k + 1) * Norm(Enumerable.Range(0, rows).Select(row => Left(row, k))) * Norm(
                Enumerable.Range(0, columns).Select(column => Right(column, k)));
        }

        var svd = TruncatedSvd.Of(Sparse(dense), rank, seed: 1, threads: 2, CancellationToken.None);
        var again = TruncatedSvd.Of(Sparse(dense), rank, seed: 1, threads: 1, CancellationToken.None);

        Assert.Equal(expected.OrderDescending(), svd.Values.Select(value => (double)value), (x, y) => Math.Abs(x - y) <= 1e-4 * x);
        Assert.Equal(svd.Right, again.Right);
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < rank; j++)
                Assert.Equal(
                    i == j ? 1 : 0,
                    Enumerable.Range(0, columns).Sum(column => (double)svd.Right[column * rank + i] * svd.Right[column * rank + j]),
                    1e-4);
        }
    }

    [Fact]
    public void Of_RankAboveWhatThereIs_GivesZeros()
    {
        var svd = TruncatedSvd.Of(new FeatureMatrix([0, 1, 2, 3], [0, 0, 0], [1, 1, 1], 4), 4, 1, 1, CancellationToken.None);

        Assert.Equal(Math.Sqrt(3), svd.Values[0], 1e-5);
        Assert.All(svd.Values[1..], value => Assert.Equal(0, value, 1e-3));
        Assert.All(svd.Right, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Of_NoRows_IsEmpty() => Assert.Equal(0, TruncatedSvd.Of(new FeatureMatrix([0], [], [], 5), 4, 1, 1, CancellationToken.None).Rank);

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));

    private static FeatureMatrix Sparse(double[,] dense)
    {
        var (starts, columns, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        for (var row = 0; row < dense.GetLength(0); row++)
        {
            for (var column = 0; column < dense.GetLength(1); column++)
            {
                if (dense[row, column] == 0)
                    continue;
                columns.Add(column);
                values.Add((float)dense[row, column]);
            }
            starts.Add(columns.Count);
        }
        return new FeatureMatrix([.. starts], [.. columns], [.. values], dense.GetLength(1));
    }
}
