using Kindred.Numerics.Ranking;
using Kindred.Numerics.Threading;
using Kindred.Recipes.Personalization.Signals;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

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

    /// <summary>Share of NDCG@10 that showing items met before must add.</summary>
    private const double LeastGain = 0.1;

    /// <summary>Standard errors by which it must be better.</summary>
    private const double LeastAdvantage = 2;

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
        return new RepeatBlend(habit, [.. weights.Select(weight => (float)weight)], IsWorthwhile(cases, weights));
    }

    /// <summary>
    /// Whether items met before are shown where their scores place them: somebody who has seen or bought a thing expects others, so that must find
    /// clearly more of what came next.
    /// </summary>
    private static bool IsWorthwhile(IReadOnlyList<RepeatCase> cases, double[] weights)
    {
        float[] placed = [.. cases.Select(held => (float)(held.Weight * held.Gain(weights)))];
        float[] last = [.. cases.Select(held => (float)(held.Weight * held.Gain([])))];
        return placed.Sum() > (1 + LeastGain) * last.Sum() && PairedDifference.InStandardErrors(placed, last) > LeastAdvantage;
    }

    private static List<RepeatCase> Collect(Ensemble ensemble, Blend blend, ValidationSlice slice, RepeatHabit habit, TrainingRun run)
    {
        var held = slice.Cases.Where(held => held.Share > 0).ToArray();
        var cases = new RepeatCase[held.Length];
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

    private static RepeatCase CaseOf(
        ValidationSlice slice, HeldOut held, RepeatHabit habit, MetItems met, ReadOnlySpan<float> logShares, Span<float> scores)
    {
        var ofNew = RepeatBlend.OfNew(met, scores);
        var features = new float[Features * (float.IsFinite(ofNew) ? met.Items.Length : 0)];
        for (var place = 0; place < features.Length / Features; place++)
            RepeatBlend.Describe(habit, met, place, ofNew, logShares, scores, features.AsSpan(place * Features, Features));
        var truth = slice.TruthOf(held);
        var (again, repeats, fresh) = (new List<int>(), new List<int>(), new List<float>());
        var best = BestNew(met, ofNew, scores);
        foreach (var interaction in features.Length > 0 ? truth : [])
        {
            var item = slice.Log.Items[interaction];
            var place = met.PlaceOf(item);
            if (place >= 0)
                again.Add(place);
            if (place >= 0 && met.Meetings[place].IsRepeatedBy(slice.Log.EventTypeCodes[interaction]))
                repeats.Add(place);
            if (place < 0 && scores[item] - ofNew is var score && best.Length > 0 && score >= best[^1])
                fresh.Add(score);
        }
        return new RepeatCase(features, [.. again], [.. repeats], best, [.. fresh], truth.Length, held.Share * slice.Log.WeightOf(held.Target));
    }

    private static float[] BestNew(MetItems met, float ofNew, Span<float> scores)
    {
        Span<int> best = stackalloc int[RepeatCase.Cut];
        var hidden = met.Hide(scores);
        best = best[..TopK.Select(scores, [], best)];
        met.Show(scores, hidden);
        var found = new float[best.Length];
        for (var i = 0; i < found.Length; i++)
            found[i] = scores[best[i]] - ofNew;
        return found;
    }

    // Sums over the users in their order: the same for any number of threads.
    private static (double[] Gradient, double[,] Information) Moments(List<RepeatCase> cases, double[] weights)
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
            largest = Math.Max(largest, RepeatCase.Logit(features.AsSpan(at, Features), weights));
        var total = Math.Exp(-largest);
        for (var at = 0; at < features.Length; at += Features)
        {
            var x = features.AsSpan(at, Features);
            var odds = Math.Exp(RepeatCase.Logit(x, weights) - largest);
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
}
