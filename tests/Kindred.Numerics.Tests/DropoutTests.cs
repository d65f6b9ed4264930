using Kindred.Numerics.Probability;

namespace Kindred.Numerics.Tests;

public class DropoutTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void Fill_AnyRate_DropsThatShareAndKeepsTheMean(float rate)
    {
        var mask = new float[1_000_000];

        Dropout.Fill(mask, rate, seed: 1, stream: 2);

        var deviation = Math.Sqrt(rate * (1 - rate) / mask.Length);
        Assert.Equal(rate, mask.Count(value => value == 0) / (double)mask.Length, tolerance: 5 * deviation);
        Assert.All(mask, value => Assert.True(value == 0 || value == 1 / (1 - rate)));
        // Neighbours, and positions a row of 64 apart, are dropped independently.
        foreach (var distance in new[] { 1, 2, 16, 64, 65536 })
        {
            var both = Enumerable.Range(0, mask.Length - distance).Count(i => mask[i] == 0 && mask[i + distance] == 0);
            Assert.Equal(
                rate * rate,
                both / (double)(mask.Length - distance),
                tolerance: 6 * Math.Sqrt(rate * rate * (1 - rate * rate) / mask.Length));
        }
    }

    [Fact]
    public void Fill_EveryWidthAndLength_GivesTheSameMask() => Assert.All(Every.Length, length =>
    {
        var (narrow, middle, wide) = (new float[length], new float[length], new float[length]);

        Dropout.Fill(SimdWidth.Scalar, narrow, 0.3f, 7, (ulong)length);
        Dropout.Fill(SimdWidth.Vector256, middle, 0.3f, 7, (ulong)length);
        Dropout.Fill(SimdWidth.Vector512, wide, 0.3f, 7, (ulong)length);

        Assert.Equal(narrow, middle);
        Assert.Equal(narrow, wide);
    });

    [Fact]
    public void Apply_TwoStreamsOrSeeds_DropIndependently()
    {
        float[] Mask(ulong seed, ulong stream)
        {
            var mask = new float[100_000];
            Dropout.Fill(mask, 0.5f, seed, stream);
            return mask;
        }
        var first = Mask(1, 1);

        foreach (var other in new[] { Mask(1, 2), Mask(2, 1), Mask(1, ulong.MaxValue) })
            Assert.Equal(0.25, first.Zip(other).Count(pair => pair.First == 0 && pair.Second == 0) / 100_000.0, tolerance: 0.01);
        Assert.Equal(first, Mask(1, 1));
    }

    [Fact]
    public void Apply_AgainToTheGradient_UsesTheMaskOfFill()
    {
        var (mask, x, y) = (new float[333], Every.Floats(new(1), 333), new float[333]);
        Dropout.Fill(mask, 0.4f, 5, 6);

        Dropout.Apply(x, y, 0.4f, 5, 6);

        Assert.Equal(x.Zip(mask, (value, factor) => value * factor), y);
    }

    [Fact]
    public void Apply_RateZero_ChangesNothingAndRateOneIsRefused()
    {
        float[] x = [1, 2, 3];

        Dropout.Apply(x, x, 0, 1, 1);

        Assert.Equal([1, 2, 3], x);
        Assert.Throws<ArgumentOutOfRangeException>(() => Dropout.Apply(x, x, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dropout.Apply(x, x, float.NaN, 1, 1));
    }
}
