using Kindred.Numerics.Probability;

namespace Kindred.Numerics.Tests;

public class LogSumExpTests
{
    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Compute_EveryLength_AgreesWithReference(int width) => Assert.All(Every.Length.Concat(Lengths.All), length =>
    {
        var values = Lengths.Values(length, scale: 300);

        var expected = LogSumExpReference.Compute(values);
        var actual = LogSumExp.Compute((SimdWidth)width, values);

        if (length == 0)
            Assert.Equal(float.NegativeInfinity, actual);
        else
            Assert.Equal(expected, actual, tolerance: 1e-6 * (1 + Math.Abs(expected)));
    });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Compute_NotFiniteAnywhere_IsHandedOn(float odd) => Assert.All(Every.Length.Where(length => length > 0), length =>
    {
        var values = Lengths.Values(length);
        values[length / 2] = odd;

        foreach (var width in new[] { SimdWidth.Scalar, SimdWidth.Vector256, SimdWidth.Vector512 })
            Assert.Equal(odd, LogSumExp.Compute(width, values));
    });

    [Fact]
    public void Compute_NegativeInfinityAlone_IsNegativeInfinity() =>
        Assert.Equal(float.NegativeInfinity, LogSumExp.Compute([float.NegativeInfinity, float.NegativeInfinity]));
}
