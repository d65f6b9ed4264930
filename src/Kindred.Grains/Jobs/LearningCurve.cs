using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>The points of one training, however long it takes: past a limit every other one goes, so the shape stays.</summary>
internal static class LearningCurve
{
    public const int MostPoints = 120;

    public static IReadOnlyList<CurvePoint> With(IReadOnlyList<CurvePoint> curve, CurvePoint point)
    {
        if (curve.Count > 0 && point.Epoch <= curve[^1].Epoch) return [point]; // another model is being trained, as a search does
        return curve.Count < MostPoints ? [.. curve, point] : [.. curve.Where((_, i) => i % 2 == 0), point];
    }
}
