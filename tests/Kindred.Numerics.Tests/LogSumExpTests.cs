using Kindred.Numerics.Probability;

namespace Kindred.Numerics.Tests;

public class LogSumExpTests
{
    [Fact]
    public void Compute_EveryLength_AgreesWithReference() => Assert.All(Lengths.All, length =>
    {
        var values = Lengths.Values(length, scale: 300);

        var expected = LogSumExpReference.Compute(values);
        var actual = LogSumExp.Compute(values);

        if (length == 0)
            Assert.Equal(float.NegativeInfinity, actual);
        else
            Assert.Equal(expected, actual, tolerance: 1e-6 * (1 + Math.Abs(expected)));
    });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Compute_NotFiniteAnywhere_IsHandedOn(float odd) => Assert.All(Lengths.All.Where(length => length > 0), length =>
    {
        var values = Lengths.Values(length);
        values[length / 2] = odd;

        Assert.Equal(odd, LogSumExp.Compute(values));
    });

    [Fact]
    public void Compute_NegativeInfinityAlone_IsNegativeInfinity() =>
        Assert.Equal(float.NegativeInfinity, LogSumExp.Compute([float.NegativeInfinity, float.NegativeInfinity]));
}
