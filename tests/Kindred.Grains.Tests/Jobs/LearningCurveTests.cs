using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;

namespace Kindred.Grains.Tests.Jobs;

public sealed class LearningCurveTests
{
    [Fact]
    public void With_AnyNumberOfPoints_KeepsTheEndsAndABound()
    {
        IReadOnlyList<CurvePoint> curve = [];

        for (var epoch = 1; epoch <= 10_000; epoch++)
        {
            curve = LearningCurve.With(curve, Point(epoch));
            Assert.InRange(curve.Count, 1, LearningCurve.MostPoints);
        }

        Assert.Equal((1, 10_000), (curve[0].Epoch, curve[^1].Epoch));
        Assert.True(curve.Count > LearningCurve.MostPoints / 3);
        Assert.Equal(curve.OrderBy(point => point.Epoch), curve);
    }

    [Fact]
    public void With_APointOfAnEarlierEpoch_BeginsAnew()
    {
        var curve = LearningCurve.With(LearningCurve.With([], Point(7)), Point(2));

        Assert.Equal([Point(2)], curve);
    }

    private static CurvePoint Point(int epoch) => new(epoch, 10_000, 0.1, 0.05);
}
