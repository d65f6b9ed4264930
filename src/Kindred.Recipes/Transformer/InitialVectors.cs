using Kindred.Numerics.Dense;
using Kindred.Numerics.Sparse;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// Item vectors to begin with: an orthonormal basis of the main directions of which items stand near each other in sequences (subspace
/// iteration; Halko, Martinsson, Tropp, Finding structure with randomness, 2011). The first steps of an untrained network pass its input's
/// vector through, so it begins by recommending neighbours instead of noise, and saves the passes that would learn them.
/// </summary>
internal static class InitialVectors
{
    private const int MaxLag = 10;
    private const int MaxNeighbours = 100;
    private const int Iterations = 6;
    private const int RowsPerBlock = 256;
    private const int MaxInteractions = 4_000_000; // a fair sample of what is near what, and 24 bytes each while it is counted

    /// <summary>Writes a vector for each item that has neighbours; the others keep what they have.</summary>
    /// <param name="log">Interactions.</param>
    /// <param name="width">Floats per vector.</param>
    /// <param name="deviation">Root mean square of the vectors' values.</param>
    /// <param name="vectors">Random on entry, shape [items, width].</param>
    /// <param name="team">Threads.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static void Fill(InteractionLog log, int width, float deviation, Span<float> vectors, ThreadTeam team, TrainingRun run)
    {
        var near = Neighbours(log, run);
        var count = near.RowCount;
        if (count <= width)
            return; // fewer items than directions: random vectors are as good
        var current = new AlignedBuffer((long)count * width);
        var next = new AlignedBuffer((long)count * width);
        vectors.CopyTo(current.Span);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            Multiply(near, width, current, next, team, run.CancellationToken);
            if (!TryOrthonormalize(next, count, width, team))
                return; // the graph has fewer directions than the vectors
            (current, next) = (next, current);
        }
        var scale = deviation * MathF.Sqrt(count);
        for (var item = 0; item < count; item++)
        {
            near.Row(item, out var columns, out _);
            if (columns.IsEmpty)
                continue;
            var vector = vectors.Slice(item * width, width);
            vector.Clear();
            RowKernels.AddScaled(scale, current.Span.Slice(item * width, width), vector);
        }
    }

    /// <summary>How often items stand near each other, Σ 1/lag, over the root of how often each occurs.</summary>
    private static SparseRows Neighbours(InteractionLog log, TrainingRun run)
    {
        var steps = StepsOf(log);
        var places = SparsePattern.PositionsByColumn(steps, log.ItemIds.Count);
        return SparseRowsBuilder.Build(
            log.ItemIds.Count, log.ItemIds.Count, Math.Min(MaxNeighbours, Rows.MaxPerItem(log.ItemIds.Count)), run.Threads, (item, sums) =>
        {
            foreach (var place in places.Row(item))
            {
                for (var lag = 1; lag <= MaxLag && steps[place + lag] != Sequences.End; lag++)
                    sums.Add(steps[place + lag], 1f / lag);
                for (var lag = 1; lag <= MaxLag && place >= lag && steps[place - lag] != Sequences.End; lag++)
                    sums.Add(steps[place - lag], 1f / lag);
            }
            foreach (var other in sums.Touched)
                sums[other] /= MathF.Sqrt((float)places.Row(item).Length * places.Row(other).Length);
        }, run.CancellationToken);
    }

    /// <summary>The steps of all users, or in large data of every n-th, one after the other with <see cref="Sequences.End"/> between them.</summary>
    private static int[] StepsOf(InteractionLog log)
    {
        var stride = log.Count / MaxInteractions + 1;
        var (buffer, steps) = (new StepBuffer(), new List<int>(Math.Min(log.Count, MaxInteractions)));
        for (var user = 0; user < log.UserIds.Count; user += stride)
        {
            buffer.Read(log, user);
            steps.AddRange(buffer.Items.AsSpan(0, buffer.Count));
            steps.Add(Sequences.End);
        }
        return [.. steps];
    }

    private static void Multiply(
        SparseRows near, int width, AlignedBuffer x, AlignedBuffer y, ThreadTeam team, CancellationToken cancellationToken) =>
        team.Run((near.RowCount + RowsPerBlock - 1) / RowsPerBlock, block =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var item = block * RowsPerBlock; item < Math.Min(near.RowCount, (block + 1) * RowsPerBlock); item++)
            {
                var sum = y.Span.Slice(item * width, width);
                sum.Clear();
                near.Row(item, out var columns, out var values);
                for (var i = 0; i < columns.Length; i++)
                    RowKernels.AddScaled(values[i], x.Span.Slice(columns[i] * width, width), sum);
            }
        });

    /// <summary>x becomes x·U⁻¹, where xᵀ·x = Uᵀ·U.</summary>
    /// <returns>Whether the columns were independent; otherwise x is as it was.</returns>
    private static bool TryOrthonormalize(AlignedBuffer x, int rows, int width, ThreadTeam team)
    {
        var view = new MatrixView(x.Span, rows, width);
        var products = new float[width * width];
        Gemm.Multiply(view.Transposed, view, products, width);
        if (InverseFactor(products, width) is not { } inverse)
            return false;
        team.Run((rows + RowsPerBlock - 1) / RowsPerBlock, block =>
        {
            var from = block * RowsPerBlock;
            var part = x.Span.Slice(from * width, Math.Min(RowsPerBlock, rows - from) * width);
            float[] copy = [.. part];
            Gemm.Multiply(new MatrixView(copy, copy.Length / width, width), new MatrixView(inverse, width, width), part, width);
        });
        return true;
    }

    /// <summary>U⁻¹ of a small matrix Uᵀ·U in double; null when it is not positive definite.</summary>
    private static float[]? InverseFactor(float[] products, int width)
    {
        const double LeastShare = 1e-6;
        var (upper, inverse) = (new double[width, width], new float[width * width]);
        for (var i = 0; i < width; i++)
        {
            for (var j = i; j < width; j++)
            {
                var sum = (double)products[i * width + j];
                for (var k = 0; k < i; k++)
                    sum -= upper[k, i] * upper[k, j];
                if (i < j)
                    upper[i, j] = sum / upper[i, i];
                else if (sum > LeastShare * products[i * width + i])
                    upper[i, i] = Math.Sqrt(sum);
                else
                    return null;
            }
        }
        var column = new double[width];
        for (var j = 0; j < width; j++)
        {
            for (var i = j; i >= 0; i--)
            {
                var sum = i == j ? 1.0 : 0;
                for (var k = i + 1; k <= j; k++)
                    sum -= upper[i, k] * column[k];
                column[i] = sum / upper[i, i];
                inverse[i * width + j] = (float)column[i];
            }
        }
        return inverse;
    }
}
