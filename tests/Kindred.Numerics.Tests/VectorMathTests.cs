using Kindred.Numerics.Dense;

namespace Kindred.Numerics.Tests;

public class VectorMathTests
{
    [Fact]
    public void EveryOperation_EveryLength_AgreesWithItsFormula() => Assert.All(Every.Length, length =>
    {
        var random = new Random(length);
        var (x, y) = (Every.Floats(random, length), Every.Floats(random, length));
        float[] After(Action<float[]> change)
        {
            var copy = y.ToArray();
            change(copy);
            return copy;
        }
        void Expect(Func<double, double, double> formula, Action<float[]> change) =>
            Assert.All(x.Zip(y, (a, b) => formula(a, b)).Zip(After(change)), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-6));

        Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), VectorMath.Dot(x, y), tolerance: (length + 1) * Math.Pow(2, -24) * length);
        Assert.Equal(x.Sum(a => (double)a * a), VectorMath.SumOfSquares(x), tolerance: (length + 1) * Math.Pow(2, -24) * length);
        Expect((a, b) => b + 3 * a, copy => VectorMath.AddScaled(3, x, copy));
        Expect((a, b) => b + a, copy => VectorMath.Add(x, copy));
        Expect((a, b) => b * a, copy => VectorMath.Multiply(x, copy));
        Expect((_, b) => b * -2, copy => VectorMath.Scale(-2, copy));
    });

    [Fact]
    public void Rows_AddedToAndSummed()
    {
        float[] rows = [1, 2, 3, 4, 5, 6];
        float[] sum = [100, 200, 300];

        VectorMath.AddToRows([10, 20, 30], rows);
        VectorMath.AddRows(rows, sum);

        Assert.Equal([11, 22, 33, 14, 25, 36], rows);
        Assert.Equal([125, 247, 369], sum);
        Assert.Throws<ArgumentException>(() => VectorMath.AddRows(rows, new float[4]));
    }
}
