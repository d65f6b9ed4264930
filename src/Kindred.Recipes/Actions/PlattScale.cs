namespace Kindred.Recipes.Actions;

/// <summary>
/// Turns scores into probabilities: p = 1 / (1 + exp(-(slope·score + offset))), fitted on data that the scores were not learned from
/// (Platt, <em>Probabilistic outputs for support vector machines</em>, 1999, with his targets, which keep p off 0 and 1).
/// </summary>
/// <param name="Slope">Above 0, so that the order of scores is kept.</param>
/// <param name="Offset">In log-odds.</param>
internal readonly record struct PlattScale(double Slope, double Offset)
{
    private const int Steps = 100;
    private const double LeastSlope = 1e-3;

    public double Apply(double score) => 1 / (1 + Math.Exp(-(Slope * score + Offset)));

    /// <summary>Maximises the likelihood by Newton's method with halved steps.</summary>
    public static PlattScale Fit(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        var positives = 0;
        foreach (var label in labels)
            positives += label > 0 ? 1 : 0;
        var (high, low) = ((positives + 1.0) / (positives + 2.0), 1 / (labels.Length - positives + 2.0));
        var scale = new PlattScale(1, 0);
        var loss = scale.Loss(scores, labels, high, low);
        for (var step = 0; step < Steps; step++)
        {
            var (slope, offset) = scale.NewtonStep(scores, labels, high, low);
            var length = 1.0;
            for (; length > 1e-6; length /= 2)
            {
                var next = new PlattScale(Math.Max(LeastSlope, scale.Slope - length * slope), scale.Offset - length * offset);
                if (next.Loss(scores, labels, high, low) is var nextLoss && nextLoss < loss - 1e-12)
                {
                    (scale, loss) = (next, nextLoss);
                    break;
                }
            }
            if (length <= 1e-6)
                return scale;
        }
        return scale;
    }

    private (double Slope, double Offset) NewtonStep(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, double high, double low)
    {
        var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-9, 0.0, 1e-9);
        for (var i = 0; i < scores.Length; i++)
        {
            var p = Apply(scores[i]);
            var (gradient, curvature) = (p - (labels[i] > 0 ? high : low), p * (1 - p));
            g0 += gradient * scores[i];
            g1 += gradient;
            h00 += curvature * scores[i] * scores[i];
            h01 += curvature * scores[i];
            h11 += curvature;
        }
        var determinant = Math.Max(1e-12, h00 * h11 - h01 * h01);
        return ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant);
    }

    private double Loss(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, double high, double low)
    {
        var loss = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            // log(1 + exp(z)) without overflow; the loss is that of target t at log-odds z.
            var z = Slope * scores[i] + Offset;
            loss += Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - (labels[i] > 0 ? high : low) * z;
        }
        return loss;
    }
}
