using Kindred.Numerics.Probability;
using Kindred.Numerics.Threading;
using Kindred.Recipes.Personalization.Signals;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Scores the items that the user has met before, on the scale of the new ones: a · (score among the new) + b · (log of how likely one is
/// met again) + c, relative to all new items together. The blend itself is fitted to new items only, so neither spoils the other.
/// </summary>
/// <param name="Habit">How likely items are met again.</param>
/// <param name="Score">a</param>
/// <param name="Hazard">b</param>
/// <param name="Constant">c</param>
internal sealed record RepeatBlend(RepeatHabit Habit, float Score, float Hazard, float Constant)
{
    private const int UsersPerBlock = 16;
    private const int MaxIterations = 30;
    private const double PriorPrecision = 5;
    private static readonly double[] Prior = [0.1, 1, 0];

    /// <summary>Replaces the scores of the items that the history holds.</summary>
    /// <param name="met">The items of the history.</param>
    /// <param name="scores">Of all items, under the blend.</param>
    /// <returns>log Σ exp(score) over all items, as they are then.</returns>
    public float Apply(MetItems met, Span<float> scores)
    {
        var ofNew = OfNew(met, scores);
        if (!float.IsFinite(ofNew))
            return LogSumExp.Compute(scores); // nothing is new, so there is nothing to compare with
        var sum = 1.0; // of all exponentials, relative to those of the new items
        for (var depth = 0; depth < met.Items.Length; depth++)
        {
            var relative = scores[met.Items[depth]] - ofNew;
            var score = ofNew + Score * relative + Hazard * Habit.LogHazard(depth, met.Counts[depth]) + Constant;
            scores[met.Items[depth]] = score;
            sum += Math.Exp((double)score - ofNew);
        }
        return double.IsFinite(sum) ? (float)(ofNew + Math.Log(sum)) : LogSumExp.Compute(scores);
    }

    /// <summary>Fits a, b and c to the held-out users by Newton's method: the log-likelihood is concave.</summary>
    public static RepeatBlend Fit(Ensemble ensemble, Blend blend, ValidationSlice slice, RepeatHabit habit, TrainingRun run)
    {
        var cases = Collect(ensemble, blend, slice, habit, run);
        var weights = (double[])Prior.Clone();
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var (gradient, information) = Moments(cases, weights);
            var step = Solve(information, gradient);
            var size = 0.0;
            for (var i = 0; i < 3; i++)
            {
                step[i] = Math.Clamp(step[i], -1, 1); // far from the optimum a full step overshoots
                weights[i] += step[i];
                size += Math.Abs(step[i]);
            }
            if (size < 1e-6)
                break;
        }
        return new RepeatBlend(habit, (float)weights[0], (float)weights[1], (float)weights[2]);
    }

    private static float OfNew(MetItems met, Span<float> scores)
    {
        var hidden = met.Hide(scores);
        var ofNew = LogSumExp.Compute(scores);
        met.Show(scores, hidden);
        return ofNew;
    }

    private static List<Case> Collect(Ensemble ensemble, Blend blend, ValidationSlice slice, RepeatHabit habit, TrainingRun run)
    {
        var held = slice.Cases.Where(held => held.Share > 0).ToArray();
        var cases = new Case[held.Length];
        var scratches = new (SignalScratch Signals, float[] Scores)?[run.Threads];
        Workers.ForBlocks(held.Length, UsersPerBlock, run.Threads, (worker, from, to) =>
        {
            var (scratch, scores) = scratches[worker] ??= (new SignalScratch(ensemble.ItemCount), new float[ensemble.ItemCount]);
            Span<int> steps = stackalloc int[HistoryView.MaxSteps];
            for (var i = from; i < to; i++)
            {
                var view = new HistoryView(slice.QueryOf(held[i]), ensemble.ItemCount, steps);
                ensemble.Score(view, blend, scratch, scores);
                scratch.Met.Look(view.Events);
                var (met, target) = (scratch.Met, scratch.Met.Items.IndexOf(slice.Log.Items[held[i].Target]));
                var (ofNew, features) = (OfNew(met, scores), new float[2 * met.Items.Length]);
                for (var depth = 0; depth < met.Items.Length && float.IsFinite(ofNew); depth++)
                {
                    features[2 * depth] = scores[met.Items[depth]] - ofNew;
                    features[2 * depth + 1] = habit.LogHazard(depth, met.Counts[depth]);
                }
                cases[i] = new Case(features, target, held[i].Share * slice.Log.WeightOf(held[i].Target));
            }
        }, run.CancellationToken);
        return [.. cases];
    }

    private static (double[] Gradient, double[,] Information) Moments(List<Case> cases, double[] weights)
    {
        var (gradient, information) = (new double[3], new double[3, 3]);
        for (var i = 0; i < 3; i++)
        {
            gradient[i] = PriorPrecision * (Prior[i] - weights[i]);
            information[i, i] = PriorPrecision;
        }
        Span<double> x = stackalloc double[3];
        Span<double> mean = stackalloc double[3];
        var second = new double[3, 3];
        foreach (var (features, target, weight) in cases)
        {
            var largest = 0.0; // all new items together are the alternative with logit 0
            for (var k = 0; k < features.Length / 2; k++)
                largest = Math.Max(largest, weights[0] * features[2 * k] + weights[1] * features[2 * k + 1] + weights[2]);
            var total = Math.Exp(-largest);
            mean.Clear();
            Array.Clear(second);
            for (var k = 0; k < features.Length / 2; k++)
            {
                (x[0], x[1], x[2]) = (features[2 * k], features[2 * k + 1], 1);
                var odds = Math.Exp(weights[0] * x[0] + weights[1] * x[1] + weights[2] - largest);
                total += odds;
                for (var i = 0; i < 3; i++)
                {
                    mean[i] += odds * x[i];
                    for (var j = 0; j < 3; j++)
                        second[i, j] += odds * x[i] * x[j];
                }
            }
            (x[0], x[1], x[2]) = target >= 0 ? (features[2 * target], features[2 * target + 1], 1) : (0, 0, 0);
            for (var i = 0; i < 3; i++)
            {
                gradient[i] += weight * (x[i] - mean[i] / total);
                for (var j = 0; j < 3; j++)
                    information[i, j] += weight * (second[i, j] / total - mean[i] / total * (mean[j] / total));
            }
        }
        return (gradient, information);
    }

    private static double[] Solve(double[,] a, double[] b)
    {
        for (var pivot = 0; pivot < 3; pivot++)
        {
            for (var row = pivot + 1; row < 3; row++)
            {
                var factor = a[row, pivot] / a[pivot, pivot];
                for (var column = pivot; column < 3; column++)
                    a[row, column] -= factor * a[pivot, column];
                b[row] -= factor * b[pivot];
            }
        }
        for (var row = 2; row >= 0; row--)
        {
            for (var column = row + 1; column < 3; column++)
                b[row] -= a[row, column] * b[column];
            b[row] /= a[row, row];
        }
        return b;
    }

    /// <param name="Features">Relative score and log hazard of each item of the history, shape [items, 2].</param>
    /// <param name="Target">Which of them came next; -1 = a new one.</param>
    /// <param name="Weight">How much it counts.</param>
    private sealed record Case(float[] Features, int Target, float Weight);
}
