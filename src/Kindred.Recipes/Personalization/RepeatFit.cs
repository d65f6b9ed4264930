using Kindred.Numerics.Threading;
using Kindred.Recipes.Personalization.Signals;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Fits how items met before are scored to what held-out users did: which of them came next, or that a new one did. A conditional logit with
/// all new items together as one alternative, by Newton's method: the log-likelihood is concave.
/// </summary>
internal static class RepeatFit
{
    private const int Features = RepeatBlend.Features;
    private const int UsersPerBlock = 16;
    private const int MaxIterations = 50;
    private const double PriorPrecision = 5;
    private static readonly double[] Prior = [0.1, 1, 0, 1, 0];

    public static RepeatBlend Fit(Ensemble ensemble, Blend blend, ValidationSlice slice, RepeatHabit habit, TrainingRun run)
    {
        var cases = Collect(ensemble, blend, slice, habit, run);
        var weights = (double[])Prior.Clone();
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var (gradient, information) = Moments(cases, weights);
            var step = Solve(information, gradient);
            var size = 0.0;
            for (var i = 0; i < Features; i++)
            {
                step[i] = Math.Clamp(step[i], -1, 1); // far from the optimum a full step overshoots
                weights[i] += step[i];
                size += Math.Abs(step[i]);
            }
            if (size < 1e-6)
                break;
        }
        return new RepeatBlend(habit, [.. weights.Select(weight => (float)weight)], Places: true);
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
                scratch.Met.Look(view.Events, habit.IsOfBaskets);
                cases[i] = CaseOf(slice, held[i], habit, scratch.Met, ensemble.Shares.Logs.Span, scores);
            }
        }, run.CancellationToken);
        return [.. cases];
    }

    private static Case CaseOf(
        ValidationSlice slice, HeldOut held, RepeatHabit habit, MetItems met, ReadOnlySpan<float> logShares, Span<float> scores)
    {
        var ofNew = RepeatBlend.OfNew(met, scores);
        var features = new float[Features * (float.IsFinite(ofNew) ? met.Items.Length : 0)];
        for (var place = 0; place < features.Length / Features; place++)
            RepeatBlend.Describe(habit, met, place, ofNew, logShares, scores, features.AsSpan(place * Features, Features));
        var truth = slice.TruthOf(held);
        var again = new List<int>();
        foreach (var interaction in truth)
        {
            if (features.Length > 0 && met.PlaceOf(slice.Log.Items[interaction]) is var place and >= 0
                && met.Meetings[place].IsRepeatedBy(slice.Log.EventTypeCodes[interaction]))
                again.Add(place);
        }
        return new Case(features, [.. again], truth.Length, held.Share * slice.Log.WeightOf(held.Target));
    }

    // Sums over the users in their order: the same for any number of threads.
    private static (double[] Gradient, double[,] Information) Moments(List<Case> cases, double[] weights)
    {
        var (gradient, information) = (new double[Features], new double[Features, Features]);
        for (var i = 0; i < Features; i++)
        {
            gradient[i] = PriorPrecision * (Prior[i] - weights[i]);
            information[i, i] = PriorPrecision;
        }
        Span<double> mean = stackalloc double[Features];
        var second = new double[Features, Features];
        foreach (var held in cases)
        {
            var total = Expect(held.Features, weights, mean, second);
            for (var i = 0; i < Features; i++)
            {
                var seen = 0.0; // of new items everything is 0
                foreach (var place in held.Again)
                    seen += held.Features[place * Features + i];
                gradient[i] += held.Weight * (seen / held.Truth - mean[i] / total);
                for (var j = 0; j < Features; j++)
                    information[i, j] += held.Weight * (second[i, j] / total - mean[i] / total * (mean[j] / total));
            }
        }
        return (gradient, information);
    }

    /// <summary>Sums of the features and of their products under the weights, relative to the returned sum of all odds.</summary>
    private static double Expect(float[] features, double[] weights, Span<double> mean, double[,] second)
    {
        mean.Clear();
        Array.Clear(second);
        var largest = 0.0; // all new items together are the alternative with logit 0
        for (var at = 0; at < features.Length; at += Features)
            largest = Math.Max(largest, Logit(features.AsSpan(at, Features), weights));
        var total = Math.Exp(-largest);
        for (var at = 0; at < features.Length; at += Features)
        {
            var x = features.AsSpan(at, Features);
            var odds = Math.Exp(Logit(x, weights) - largest);
            total += odds;
            for (var i = 0; i < Features; i++)
            {
                mean[i] += odds * x[i];
                for (var j = 0; j < Features; j++)
                    second[i, j] += odds * x[i] * x[j];
            }
        }
        return total;
    }

    private static double Logit(ReadOnlySpan<float> x, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += weights[i] * x[i];
        return sum;
    }

    private static double[] Solve(double[,] a, double[] b)
    {
        for (var pivot = 0; pivot < Features; pivot++)
        {
            for (var row = pivot + 1; row < Features; row++)
            {
                var factor = a[row, pivot] / a[pivot, pivot];
                for (var column = pivot; column < Features; column++)
                    a[row, column] -= factor * a[pivot, column];
                b[row] -= factor * b[pivot];
            }
        }
        for (var row = Features - 1; row >= 0; row--)
        {
            for (var column = row + 1; column < Features; column++)
                b[row] -= a[row, column] * b[column];
            b[row] /= a[row, row];
        }
        return b;
    }

    /// <param name="Features">Of each item of the history, shape [items, features].</param>
    /// <param name="Again">Places of those that came next.</param>
    /// <param name="Truth">How many came next, new ones included.</param>
    /// <param name="Weight">How much it counts.</param>
    private sealed record Case(float[] Features, int[] Again, int Truth, float Weight);
}
