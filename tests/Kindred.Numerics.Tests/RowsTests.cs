using Kindred.Numerics.Dense;

namespace Kindred.Numerics.Tests;

/// <summary>Products of a matrix with one vector, from either side.</summary>
public class RowsTests
{
    private const double Epsilon = 1.0 / (1 << 24);

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Products_EveryWidthAndCount_AgreeWithReference(int width) => Assert.All(Every.Length, columns =>
    {
        var (random, stride) = (new Random(columns), columns + columns % 3);
        for (var count = 0; count < 7; count++)
        {
            var (rows, x) = (Every.Floats(random, count * stride), Every.Floats(random, columns));
            var (expected, actual) = (new double[count], new float[count]);

            RowProductsReference.Compute(rows, stride, x, expected);
            RowProducts.Compute((SimdWidth)width, rows, stride, x, actual);

            for (var row = 0; row < count; row++)
                Assert.Equal(expected[row], actual[row], tolerance: columns * Epsilon * Magnitude(rows.AsSpan(row * stride, columns), x));
        }
    });

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Sums_EveryWidth_AgreeWithReference(int width) => Assert.All(Every.Length.Concat([1024, 1301]), columns =>
    {
        var (random, stride) = (new Random(columns), columns + columns % 3);
        var rows = Every.Floats(random, 20 * stride);
        foreach (int[] chosen in new int[][] { [], [3], [19, 0, 7, 7], [.. Enumerable.Range(0, 13)] })
        {
            var (weights, actual) = (Every.Floats(random, chosen.Length), Every.Floats(random, columns));
            double[] expected = [.. actual.Select(sum => (double)sum)];

            WeightedRowsReference.Add(rows, stride, chosen, weights, expected);
            WeightedRows.Add((SimdWidth)width, rows, stride, chosen, weights, actual);

            for (var column = 0; column < columns; column++)
                Assert.Equal(expected[column], actual[column], tolerance: 15 * Epsilon * 15);
        }
    });

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Sums_VectorOfManyZeros_HaveTheBitsOfTheProduct(int width) => Assert.All(new[] { 1, 16, 63, 128, 1056 }, columns =>
    {
        const int Depth = 700; // more than is looked at together
        var random = new Random(columns);
        var (matrix, x) = (Every.Floats(random, Depth * columns), Every.Floats(random, Depth));
        for (var i = 0; i < Depth; i++)
            x[i] = random.Next(10) < 9 ? 0 : x[i];
        var (expected, actual) = (new float[columns], new float[columns]);

        Gemm.Multiply((SimdWidth)width, new MatrixView(x, 1, Depth), new MatrixView(matrix, Depth, columns), expected, columns, accumulate: false);
        WeightedRows.Add((SimdWidth)width, matrix, columns, x, actual);

        Assert.Equal(expected, actual);
    });

    [Fact]
    public void Sums_RowThatIsNotThere_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedRows.Add(new float[30], 10, [3], [1], new float[10]));
        Assert.Throws<ArgumentException>(() => WeightedRows.Add(new float[30], 10, new float[4], new float[10]));
        Assert.Throws<ArgumentException>(() => RowProducts.Compute(new float[30], 10, new float[10], new float[4]));
    }

    private static double Magnitude(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += Math.Abs((double)x[i] * y[i]);
        return sum;
    }
}
