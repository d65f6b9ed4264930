namespace Kindred.Numerics.Optimization;

/// <summary>Twin of <see cref="Adam"/> in double, for one weight.</summary>
public sealed class AdamReference(double weight)
{
    private double _mean;
    private double _meanSquare;

    public double Weight { get; private set; } = weight;

    public void Step(double gradient, in AdamStep step)
    {
        _mean = step.Beta1 * _mean + (1.0 - step.Beta1) * gradient;
        _meanSquare = step.Beta2 * _meanSquare + (1.0 - step.Beta2) * gradient * gradient;
        var corrected = _mean / (1 - Math.Pow(step.Beta1, step.Step));
        var root = Math.Sqrt(_meanSquare / (1 - Math.Pow(step.Beta2, step.Step)));
        Weight -= step.Rate * step.WeightDecay * Weight + step.Rate * corrected / (root + step.Epsilon);
    }
}
