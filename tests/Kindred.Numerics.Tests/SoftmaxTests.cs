using Kindred.Numerics.Probability;

namespace Kindred.Numerics.Tests;

public class SoftmaxTests
{
    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void InPlace_EveryLength_AgreesWithReference(int width) => Assert.All(Every.Length.Concat(Lengths.All), length =>
    {
        var values = Lengths.Values(length, scale: 170);
        var shares = values.ToArray();

        var logSum = Softmax.InPlace((SimdWidth)width, shares);

        if (length > 0)
            Assert.Equal(LogSumExpReference.Compute(values), logSum, tolerance: 1e-6 * (1 + Math.Abs(logSum)));
        var expected = SoftmaxReference.Compute(values);
        for (var i = 0; i < length; i++)
            Assert.Equal(expected[i], shares[i], tolerance: 2e-6 * 170 * expected[i] + 2.5e-38);
    });

    [Fact]
    public void Compute_InPlaceWithHugeLogits_AddsUpToOne()
    {
        float[] values = [1000, 1000, float.NegativeInfinity, 0];

        Softmax.Compute(values, values);

        Assert.Equal([0.5f, 0.5f, 0f, 0f], values);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void InPlace_NotANumberOrInfinite_MakesEveryShareNaN(float odd) => Assert.All(Every.Length.Where(length => length > 0), length =>
    {
        foreach (var width in new[] { SimdWidth.Scalar, SimdWidth.Vector256, SimdWidth.Vector512 })
        {
            var values = Lengths.Values(length);
            values[length * 2 / 3] = odd;

            Softmax.InPlace(width, values);

            Assert.All(values, share => Assert.True(float.IsNaN(share)));
        }
    });

    [Fact]
    public void Compute_NegativeInfinityAlone_MakesEveryShareNaN()
    {
        float[] values = [float.NegativeInfinity, float.NegativeInfinity];

        Assert.Equal(float.NegativeInfinity, Softmax.InPlace(values));
        Assert.All(values, share => Assert.True(float.IsNaN(share)));
    }

    [Fact]
    public void Compute_ShapesDiffer_Throws() => Assert.Throws<ArgumentException>(() => Softmax.Compute([1, 2], new float[3]));
}
