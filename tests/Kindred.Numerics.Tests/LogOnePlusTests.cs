using Kindred.Numerics.Probability;

namespace Kindred.Numerics.Tests;

public class LogOnePlusTests
{
    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Compute_EveryLength_AgreesWithReference(int width) => Assert.All(Every.Length, length =>
    {
        var random = new Random(length);
        float[] values = [.. Enumerable.Range(0, length).Select(_ => (float)Math.Pow(10, random.NextDouble() * 45 - 8))]; // 1e-8 to 1e37
        var (expected, actual) = (new double[length], new float[length]);

        LogOnePlusReference.Compute(values, expected);
        LogOnePlus.Compute((SimdWidth)width, values, actual);

        for (var i = 0; i < length; i++)
            Assert.Equal(expected[i], actual[i], tolerance: 1.5e-7 * (1 + expected[i]));
    });

    [Fact]
    public void Compute_EveryWidth_GivesTheSameBits()
    {
        var values = Every.Floats(new Random(1), 1001).Select(value => value * value * 1000).Prepend(0).ToArray();
        var (scalar, wide) = (new float[values.Length], new float[values.Length]);

        LogOnePlus.Compute(SimdWidth.Scalar, values, scalar);

        foreach (var width in new[] { SimdWidth.Vector256, SimdWidth.Vector512 })
        {
            LogOnePlus.Compute(width, values, wide);
            Assert.Equal(scalar, wide);
        }
        Assert.Equal(0, scalar[0]);
    }
}
