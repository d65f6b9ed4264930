using System.Numerics.Tensors;
using Kindred.Numerics.Threading;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// The blend under which the held-out items are likeliest among their candidates: a conditional logit (McFadden, 1974) fitted by Newton's
/// method. A Gaussian prior around the signals' own weights speaks while there are few users, and no signal gets a weight below 0.
/// </summary>
internal static class LogLinearFit
{
    private const int MaxIterations = 30;
    private const int UsersPerBlock = 64;

    /// <param name="pool">The held-out users.</param>
    /// <param name="prior">What to believe without them.</param>
    /// <param name="isUsed">Signals that may have a weight, shape [signals].</param>
    /// <param name="precision">How firmly: an information of that many per weight.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static Blend Fit(CandidatePool pool, Blend prior, bool[] isUsed, double precision, TrainingRun run)
    {
        var centre = Weights(prior);
        var weights = (double[])centre.Clone();
        bool[] isFree = [.. isUsed, true];
        while (true)
        {
            Climb(pool, centre, precision, weights, isFree, run);
            // A signal below 0 would bet against its member because others say the same: it is left out instead.
            var worst = -1;
            for (var i = 0; i < weights.Length - 1; i++)
            {
                if (isFree[i] && weights[i] < 0 && (worst < 0 || weights[i] < weights[worst]))
                    worst = i;
            }
            if (worst < 0)
                return new Blend([.. weights[..^1].Select(weight => (float)weight)], (float)weights[^1]);
            (weights[worst], isFree[worst]) = (0, false);
        }
    }

    /// <summary>Log-likelihood of the targets that are among the candidates.</summary>
    public static double LogLikelihood(CandidatePool pool, Blend blend, TrainingRun run) => Sum(pool, Weights(blend), run).LogLikelihood;

    /// <summary>
    /// The same ranking on the scale under which the held-out items are likeliest: what was moved on to where they rank highest is as good on
    /// any scale, but its softmax is published, and items met before are judged beside it.
    /// </summary>
    /// <param name="pool">The held-out users.</param>
    /// <param name="blend">The blend.</param>
    /// <param name="precision">How firmly to believe in the scale that it has.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static Blend Calibrate(CandidatePool pool, Blend blend, double precision, TrainingRun run)
    {
        double Penalized(double log) => LogLikelihood(pool, Scaled(blend, log), run) - 0.5 * precision * log * log;

        var (best, at) = (Penalized(0), 0.0);
        for (var step = 0.8; step > 0.01; step /= 2)
        {
            foreach (var tried in new[] { at - step, at + step })
            {
                if (Penalized(tried) is var likelihood && likelihood > best)
                    (best, at) = (likelihood, tried);
            }
        }
        return at == 0 ? blend : Scaled(blend, at);
    }

    private static Blend Scaled(Blend blend, double log) =>
        new([.. blend.Signals.Select(weight => weight * (float)Math.Exp(log))], blend.Popularity * (float)Math.Exp(log));

    private static double[] Weights(Blend blend) => [.. blend.Signals.Select(weight => (double)weight), blend.Popularity];

    private static void Climb(CandidatePool pool, double[] centre, double precision, double[] weights, bool[] isFree, TrainingRun run)
    {
        var here = Penalized(pool, centre, precision, weights, run);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var step = NewtonStep(here, isFree);
            var scale = 1.0;
            for (; scale > 1e-4; scale /= 2)
            {
                var tried = weights.Select((weight, i) => weight + scale * step[i]).ToArray();
                var there = Penalized(pool, centre, precision, tried, run);
                if (there.LogLikelihood >= here.LogLikelihood)
                {
                    var gained = there.LogLikelihood - here.LogLikelihood;
                    tried.CopyTo(weights, 0);
                    here = there;
                    if (gained < 1e-4)
                        return;
                    break;
                }
            }
            if (scale <= 1e-4)
                return;
        }
    }

    private static Moments Penalized(CandidatePool pool, double[] centre, double precision, double[] weights, TrainingRun run)
    {
        var moments = Sum(pool, weights, run);
        for (var i = 0; i < weights.Length; i++)
        {
            var off = weights[i] - centre[i];
            moments.LogLikelihood -= 0.5 * precision * off * off;
            moments.Gradient[i] -= precision * off;
            moments.Information[i, i] += precision;
        }
        return moments;
    }

    /// <summary>Solves information · step = gradient over the free weights, by Gaussian elimination: the information is positive definite.</summary>
    private static double[] NewtonStep(Moments moments, bool[] isFree)
    {
        var free = Enumerable.Range(0, isFree.Length).Where(i => isFree[i]).ToArray();
        var (a, b) = (new double[free.Length, free.Length], free.Select(i => moments.Gradient[i]).ToArray());
        for (var i = 0; i < free.Length; i++)
        {
            for (var j = 0; j < free.Length; j++)
                a[i, j] = moments.Information[free[i], free[j]];
        }
        for (var pivot = 0; pivot < free.Length; pivot++)
        {
            for (var row = pivot + 1; row < free.Length; row++)
            {
                var factor = a[row, pivot] / a[pivot, pivot];
                for (var column = pivot; column < free.Length; column++)
                    a[row, column] -= factor * a[pivot, column];
                b[row] -= factor * b[pivot];
            }
        }
        var step = new double[isFree.Length];
        for (var row = free.Length - 1; row >= 0; row--)
        {
            for (var column = row + 1; column < free.Length; column++)
                b[row] -= a[row, column] * b[column];
            step[free[row]] = b[row] /= a[row, row];
        }
        return step;
    }

    // Summed by blocks of users and then over the blocks: the same for any number of threads.
    private static Moments Sum(CandidatePool pool, double[] weights, TrainingRun run)
    {
        var blend = new Blend([.. weights[..^1].Select(weight => (float)weight)], (float)weights[^1]);
        var blocks = new Moments[(pool.Users.Count + UsersPerBlock - 1) / UsersPerBlock];
        Workers.ForBlocks(pool.Users.Count, UsersPerBlock, run.Threads, (_, from, to) =>
        {
            var moments = blocks[from / UsersPerBlock] = new Moments(weights.Length);
            for (var i = from; i < to; i++)
            {
                if (pool.Users[i].IsFound)
                    moments.Add(pool.Users[i], blend);
            }
        }, run.CancellationToken);
        var sum = new Moments(weights.Length);
        foreach (var block in blocks)
            sum.Add(block);
        return sum;
    }

    private sealed class Moments(int count)
    {
        public double LogLikelihood;
        public readonly double[] Gradient = new double[count];
        public readonly double[,] Information = new double[count, count];

        public void Add(PooledUser user, Blend blend)
        {
            var candidates = user.Items.Length;
            Span<float> shares = candidates <= 1024 ? stackalloc float[candidates] : new float[candidates];
            Span<float> product = candidates <= 1024 ? stackalloc float[candidates] : new float[candidates];
            user.Score(blend, shares);
            var target = user.OfTargets(shares);
            var logSum = Numerics.Probability.LogSumExp.Compute(shares);
            Numerics.Probability.Softmax.Compute(shares, shares);
            LogLikelihood += user.Weight * (target - logSum);
            Span<double> means = stackalloc double[count];
            for (var i = 0; i < count; i++)
            {
                means[i] = TensorPrimitives.Dot(shares, user.Column(i));
                Gradient[i] += user.Weight * (user.OfTargets(user.Column(i)) - means[i]);
            }
            for (var i = 0; i < count; i++)
            {
                TensorPrimitives.Multiply(shares, user.Column(i), product);
                for (var j = 0; j <= i; j++)
                {
                    var covariance = user.Weight * (TensorPrimitives.Dot(product, user.Column(j)) - means[i] * means[j]);
                    Information[i, j] += covariance;
                    if (j < i)
                        Information[j, i] += covariance;
                }
            }
        }

        public void Add(Moments other)
        {
            LogLikelihood += other.LogLikelihood;
            for (var i = 0; i < count; i++)
            {
                Gradient[i] += other.Gradient[i];
                for (var j = 0; j < count; j++)
                    Information[i, j] += other.Information[i, j];
            }
        }
    }
}
