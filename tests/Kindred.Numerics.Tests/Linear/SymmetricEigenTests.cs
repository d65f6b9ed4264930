using Kindred.Numerics.Linear;

namespace Kindred.Numerics.Tests.Linear;

public class SymmetricEigenTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(17), InlineData(64)]
    public void Decompose_RandomMatrix_SatisfiesItsEquation(int size)
    {
        var random = new Random(size);
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
                matrix[i * size + j] = matrix[j * size + i] = random.NextDouble() - 0.5;
        }
        var (values, vectors) = (new double[size], new double[size * size]);

        SymmetricEigen.Decompose((double[])matrix.Clone(), values, vectors);

        Assert.Equal(values.OrderDescending(), values);
        for (var k = 0; k < size; k++)
        {
            var vector = vectors.AsSpan(k * size, size).ToArray();
            for (var i = 0; i < size; i++)
                Assert.Equal(values[k] * vector[i], Enumerable.Range(0, size).Sum(j => matrix[i * size + j] * vector[j]), 1e-12 * size);
            for (var other = 0; other <= k; other++)
                Assert.Equal(k == other ? 1 : 0, Enumerable.Range(0, size).Sum(j => vector[j] * vectors[other * size + j]), 1e-12 * size);
        }
    }

    [Fact]
    public void Decompose_NaN_Ends()
    {
        var (values, vectors) = (new double[2], new double[4]);

        SymmetricEigen.Decompose([double.NaN, 1, 1, 2], values, vectors);

        Assert.Contains(values, double.IsNaN);
    }
}
