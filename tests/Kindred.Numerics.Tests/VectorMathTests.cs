using Kindred.Numerics.Dense;

namespace Kindred.Numerics.Tests;

public class VectorMathTests
{
    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void EveryOperation_EveryLength_AgreesWithItsFormula(int lanes) => Assert.All(Every.Length, length =>
    {
        var random = new Random(length);
        var width = (SimdWidth)lanes;
        var (x, y) = (Every.Floats(random, length), Every.Floats(random, length));
        float[] After(Action<float[]> change)
        {
            var copy = y.ToArray();
            change(copy);
            return copy;
        }
        void Expect(Func<double, double, double> formula, Action<float[]> change) =>
            Assert.All(x.Zip(y, (a, b) => formula(a, b)).Zip(After(change)), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-6));

        Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), VectorMath.Dot(width, x, y), tolerance: (length + 1) * Math.Pow(2, -24) * length);
        Assert.Equal(x.Sum(a => (double)a * a), VectorMath.Dot(width, x, x), tolerance: (length + 1) * Math.Pow(2, -24) * length);
        Expect((a, b) => b + 3 * a, copy => VectorMath.AddScaled(width, 3, x, copy));
        Expect((a, b) => b + a, copy => VectorMath.Add(width, x, copy));
        Expect((a, b) => b * a, copy => VectorMath.Multiply(width, x, copy));
        Expect((_, b) => b * -2, copy => VectorMath.Scale(width, -2, copy));
    });

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Dot_NaNAtAnyPlace_IsNaN(int width) => Assert.All(Every.Length.Skip(1), length =>
    {
        var (x, y) = (new float[length], Every.Floats(new(length), length));
        x[length * 2 / 3] = float.NaN;

        Assert.True(float.IsNaN(VectorMath.Dot((SimdWidth)width, x, y)));
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
