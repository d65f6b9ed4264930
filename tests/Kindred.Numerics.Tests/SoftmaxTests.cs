using Kindred.Numerics.Probability;

namespace Kindred.Numerics.Tests;

public class SoftmaxTests
{
    [Fact]
    public void Compute_EveryLength_AgreesWithReference() => Assert.All(Lengths.All, length =>
    {
        var values = Lengths.Values(length, scale: 200);
        var shares = new float[length];

        Softmax.Compute(values, shares);

        var expected = SoftmaxReference.Compute(values);
        for (var i = 0; i < length; i++)
            Assert.Equal(expected[i], shares[i], tolerance: 2e-6 * 200 * expected[i] + 1e-37);
    });

    [Fact]
    public void Compute_InPlaceWithHugeLogits_AddsUpToOne()
    {
        float[] values = [1000, 1000, float.NegativeInfinity, 0];

        Softmax.Compute(values, values);

        Assert.Equal([0.5f, 0.5f, 0f, 0f], values);
    }

    [Fact]
    public void Compute_NaN_MakesEveryShareNaN()
    {
        float[] values = [1, float.NaN, 2];

        Softmax.Compute(values, values);

        Assert.All(values, share => Assert.True(float.IsNaN(share)));
    }

    [Fact]
    public void Compute_ShapesDiffer_Throws() => Assert.Throws<ArgumentException>(() => Softmax.Compute([1, 2], new float[3]));
}
