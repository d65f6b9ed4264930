using Kindred.Numerics.Dense;

namespace Kindred.Numerics.Tests;

public class ActivationTests
{
    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void ValuesAndGradients_EveryLength_AgreeWithReference(int width) => Assert.All(Every.Length, length =>
    {
        var random = new Random(length);
        var (x, dy) = (Every.Floats(random, length, scale: 30), Every.Floats(random, length));
        if (length > 3)
            (x[0], x[1], x[2], x[3]) = (0, -100, 100, -0f);
        var (relu, reluGradient, silu, siluGradient) = (new float[length], new float[length], new float[length], new float[length]);

        Activation.Relu((SimdWidth)width, x, relu);
        Activation.ReluGradient((SimdWidth)width, x, dy, reluGradient);
        Activation.Silu((SimdWidth)width, x, silu);
        Activation.SiluGradient((SimdWidth)width, x, dy, siluGradient);

        for (var i = 0; i < length; i++)
        {
            var sigmoid = 1 / (1 + Math.Exp(-x[i]));
            Assert.Equal(Math.Max(0, x[i]), relu[i]);
            Assert.Equal(x[i] > 0 ? dy[i] : 0, reluGradient[i]);
            Assert.Equal(x[i] * sigmoid, silu[i], tolerance: 1e-6 * Math.Abs(x[i] * sigmoid) + 1e-35);
            Assert.Equal(dy[i] * sigmoid * (1 + x[i] * (1 - sigmoid)), siluGradient[i], tolerance: 1e-6 * (1 + Math.Abs(x[i])));
        }
    });

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Silu_InfiniteAndNaN_GiveNoOtherNaN(int width)
    {
        float[] x = [float.NaN, float.MaxValue, float.MinValue];
        var (y, dx) = (new float[3], new float[3]);

        Activation.Silu((SimdWidth)width, x, y);
        Activation.SiluGradient((SimdWidth)width, x, [1, 1, 1], dx);

        Assert.Equal([float.NaN, float.MaxValue, 0], y);
        Assert.Equal(float.NaN, dx[0]);
        Assert.True(float.IsFinite(dx[1]) && float.IsFinite(dx[2]));
    }
}
