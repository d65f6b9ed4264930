using Kindred.Numerics.Dense;

namespace Kindred.Numerics.Tests;

public class LayerNormTests
{
    private const int Rows = 3;

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void ForwardAndBackward_EveryLength_AgreeWithReference(int lanes) => Assert.All(Every.Length.Skip(1), width =>
    {
        var random = new Random(width);
        var (x, dy) = (Every.Floats(random, Rows * width), Every.Floats(random, Rows * width));
        var (gain, bias) = (Every.Floats(random, width), Every.Floats(random, width));
        var (normalized, inverse, y) = (new float[x.Length], new float[Rows], new float[x.Length]);
        var (dGain, dBias, dx) = (new float[width], new float[width], new float[x.Length]);
        Array.Fill(dx, 1);

        LayerNorm.Forward((SimdWidth)lanes, x, Rows, width, gain, bias, normalized, inverse, y);
        LayerNorm.Backward((SimdWidth)lanes, dy, Rows, width, gain, normalized, inverse, dGain, dBias, dx, accumulate: true);

        var (expectedGain, expectedBias) = (new double[width], new double[width]);
        for (var row = 0; row < Rows; row++)
        {
            var range = (row * width)..((row + 1) * width);
            var (expectedNormalized, expectedInverse, expectedY) = LayerNormReference.Forward(x[range], gain, bias);
            var expectedDx = LayerNormReference.Backward(dy[range], gain, expectedNormalized, expectedInverse);
            var tolerance = width * Math.Pow(2, -22);
            Assert.Equal(expectedInverse, inverse[row], tolerance: tolerance * expectedInverse);
            for (var i = 0; i < width; i++)
            {
                Assert.Equal(expectedNormalized[i], normalized[range][i], tolerance: tolerance * (1 + Math.Abs(expectedNormalized[i])));
                Assert.Equal(expectedY[i], y[range][i], tolerance: tolerance * (1 + Math.Abs(expectedNormalized[i])));
                Assert.Equal(expectedDx[i] + 1, dx[range][i], tolerance: tolerance * (1 + 4 * expectedInverse));
                expectedGain[i] += dy[range][i] * expectedNormalized[i];
                expectedBias[i] += dy[range][i];
            }
        }
        for (var i = 0; i < width; i++)
        {
            Assert.Equal(expectedGain[i], dGain[i], tolerance: Rows * width * Math.Pow(2, -22) * 2);
            Assert.Equal(expectedBias[i], dBias[i], tolerance: Rows * Math.Pow(2, -22));
        }
    });

    [Fact]
    public void Backward_Reference_AgreesWithFiniteDifferences()
    {
        var random = new Random(3);
        var (x, gain, bias, dy) = (Every.Floats(random, 7), Every.Floats(random, 7), Every.Floats(random, 7), Every.Floats(random, 7));
        double Loss(float[] at) => LayerNormReference.Forward(at, gain, bias).Y.Select((y, i) => y * dy[i]).Sum();

        var (normalized, inverse, _) = LayerNormReference.Forward(x, gain, bias);
        var gradient = LayerNormReference.Backward(dy, gain, normalized, inverse);

        for (var i = 0; i < x.Length; i++)
        {
            const float Distance = 1f / 4096;
            var (up, down) = (x.ToArray(), x.ToArray());
            up[i] += Distance;
            down[i] -= Distance;
            Assert.Equal((Loss(up) - Loss(down)) / ((double)up[i] - down[i]), gradient[i], tolerance: 1e-4);
        }
    }

    [Fact]
    public void Forward_ConstantRow_IsTheBias()
    {
        var y = new float[20];

        LayerNorm.Forward(
            Enumerable.Repeat(7f, 20).ToArray(), 2, 10, new float[10], Enumerable.Repeat(3f, 10).ToArray(), new float[20], new float[2], y);

        Assert.All(y, value => Assert.Equal(3, value));
    }

    [Fact]
    public void Forward_NaN_StaysInItsRow()
    {
        var x = Every.Floats(new(1), 3 * 40);
        x[45] = float.NaN;
        var y = new float[x.Length];

        LayerNorm.Forward(x, 3, 40, new float[40], new float[40], y, new float[3], y);

        Assert.All(y[..40].Concat(y[80..]), value => Assert.Equal(0, value));
        Assert.All(y[40..80], value => Assert.True(float.IsNaN(value)));
    }
}
