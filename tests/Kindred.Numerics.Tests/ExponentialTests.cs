using Kindred.Numerics.Probability;

namespace Kindred.Numerics.Tests;

public class ExponentialTests
{
    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Compute_OverTheWholeRange_StaysWithinTheBound(int width)
    {
        float[] values = [.. Enumerable.Range(0, 400_000).Select(i => -90f + i * (178.7f / 400_000))];
        var results = new float[values.Length];

        Exponential.Compute((SimdWidth)width, values, results);

        for (var i = 0; i < values.Length; i++)
        {
            var expected = values[i] < Exponential.Least ? 0 : Math.Exp(values[i]);
            Assert.True(Math.Abs(results[i] - expected) <= 2e-7 * expected, $"exp({values[i]}) = {results[i]} instead of {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Compute_OddValuesAtEveryPlace_AreHandled(int width) => Assert.All(Every.Length, length =>
    {
        foreach (var (value, expected) in new[] { (float.NaN, float.NaN), (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, 0), (0, 1), (-0f, 1), (88.8f, float.PositiveInfinity), (1e30f, float.PositiveInfinity), (-1e30f, 0) })
        {
            var values = new float[length + 1];
            Array.Fill(values, 1f);
            values[length / 2] = value;

            Exponential.Compute((SimdWidth)width, values, values);

            Assert.Equal(expected, values[length / 2]);
            Assert.All(values.Where((_, i) => i != length / 2), other => Assert.Equal((float)Math.E, other, tolerance: 5e-7f));
        }
    });

    [Fact]
    public void Compute_EveryWidth_GivesTheSameBits() => Assert.All(Every.Length, length =>
    {
        var values = Every.Floats(new(length), length, scale: 180);
        var (narrow, middle, wide) = (new float[length], new float[length], new float[length]);

        Exponential.Compute(SimdWidth.Scalar, values, narrow);
        Exponential.Compute(SimdWidth.Vector256, values, middle);
        Exponential.Compute(SimdWidth.Vector512, values, wide);

        Assert.Equal(narrow, middle);
        Assert.Equal(narrow, wide);
    });
}
