using System.Numerics.Tensors;
using Kindred.Numerics.Dense;
using Kindred.Numerics.Linear;
using Kindred.Numerics.Ranking;
using Kindred.Numerics.Sparse;
using Kindred.Numerics.Threading;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Recipes.Ease;

/// <summary>
/// EASE^R: the item-to-item matrix with zero diagonal that best reconstructs every user's items from their others, in closed form
/// (Steck, <em>Embarrassingly shallow autoencoders for sparse data</em>, WWW 2019). With item metadata, attributes are further rows to
/// reconstruct (Jeunen, Van Balen, Goethals, <em>Closed-form models for collaborative filtering with side-information</em>, RecSys 2020),
/// which gives items without users their neighbours too.
/// </summary>
/// <remarks>
/// G = XᵀX + λ, P = G⁻¹, B_ij = -P_ij / P_jj. Up to <see cref="EaseOptions.MaxDenseItems"/> items B is kept whole; above, of each row the
/// entries that are largest in absolute value, 12 million in all, and what an entry leaves out is close to nothing.
/// </remarks>
internal sealed class EaseWeights : IMember
{
    // Single precision inverts reliably while λ is above the rounding of the largest eigenvalue, which is below the trace.
    private const double LeastShareOfTrace = 2e-6;

    private readonly ReadOnlyMemory<int> _items;
    private readonly ReadOnlyMemory<float> _typeWeights;
    private readonly ReadOnlyMemory<float>? _dense;
    private readonly SparseRows _sparse;
    private readonly int[] _rowOf;
    private readonly float _decay;
    private readonly HistoryItems.Pool _histories;

    private EaseWeights(
        int itemCount, ReadOnlyMemory<int> items, ReadOnlyMemory<float> typeWeights, float decay, ReadOnlyMemory<float>? dense, SparseRows sparse)
    {
        (ItemCount, _items, _typeWeights, _decay, _dense, _sparse) = (itemCount, items, typeWeights, decay, dense, sparse);
        _rowOf = new int[itemCount];
        Array.Fill(_rowOf, -1);
        for (var row = 0; row < items.Length; row++)
            _rowOf[items.Span[row]] = row;
        _histories = new HistoryItems.Pool(itemCount);
    }

    public int ItemCount { get; }

    /// <summary>Trains. Items³ operations on all threads, and 4 bytes per pair of items.</summary>
    public static EaseWeights Train(TrainingSet data, EaseOptions options, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "choosing items");
        var matrix = EaseMatrix.Of(log, data.Items, options);
        var size = matrix.Items.Length;
        run.Report(0.05, "counting pairs of items");
        var weights = Gram.Compute(matrix.Rows, matrix.Values, run.Threads, run.CancellationToken);
        Regularize(weights, size, options.Regularization * Math.Sqrt(matrix.MeanDiagonal));
        run.Report(0.3, "inverting");
        SymmetricInverse.Invert(weights, size, run.Threads, run.CancellationToken);
        run.Report(0.9, "weighing");
        DivideByDiagonal(weights, size, run);
        var isDense = size <= options.MaxDenseItems;
        var sparse = isDense ? default : Largest(weights, size, Math.Max(12, 12_000_000 / size), run);
        run.Report(1, "done");
        return new EaseWeights(
            log.ItemIds.Count, matrix.Items, log.TypeWeights.ToArray(),
            (float)options.HistoryDecay, isDense ? weights : default(ReadOnlyMemory<float>?), sparse);
    }

    /// <summary>What a training is expected to take.</summary>
    public static TrainingQuote Quote(DataShape shape, EaseOptions options, int threads)
    {
        const double OperationsPerSecond = 4.5e10; // multiply-adds of the inverse on one core, products and all
        const double PairsPerSecond = 5e8;
        double items = Math.Min(shape.Items, options.MaxItems);
        var work = items * items * items / 2 / OperationsPerSecond + shape.Pairs / 2 / PairsPerSecond;
        var seconds = 0.1 + work / Math.Min(threads, Environment.ProcessorCount);
        return new TrainingQuote(TimeSpan.FromSeconds(seconds), (long)(4 * items * (items + 512) + 40.0 * shape.Interactions));
    }

    /// <summary>The same weights, looked at with another <see cref="EaseOptions.HistoryDecay"/>; the memory is shared.</summary>
    public EaseWeights WithDecay(double decay) => new(ItemCount, _items, _typeWeights, (float)decay, _dense, _sparse);

    public void Score(in ScoreQuery query, Span<float> scores)
    {
        scores.Clear();
        var seen = _histories.Take();
        seen.Collect(query.History, _typeWeights.Span);
        if (_dense is { } dense)
            ScoreDense(seen, dense.Span, scores);
        else
            ScoreSparse(seen, scores);
        _histories.Return(seen);
    }

    public void Write(ArtifactWriter writer, string prefix)
    {
        writer.Tensor($"{prefix}.items", _items).Tensor($"{prefix}.type_weights", _typeWeights)
            .Tensor<float>($"{prefix}.options", new[] { _decay, _dense is null ? 0 : 1 });
        if (_dense is { } dense)
            writer.Tensor($"{prefix}.weights", dense, columns: Math.Max(1, _items.Length));
        else
            writer.Write($"{prefix}.weights", _sparse);
    }

    public static EaseWeights Read(ModelArtifact artifact, string prefix, int itemCount)
    {
        var items = artifact.Tensor<int>($"{prefix}.items");
        using var lease = artifact.Lease();
        if (items.Span.ContainsAnyExceptInRange(0, itemCount - 1))
            throw new ModelArtifactException($"The weights '{prefix}' of the model artifact are not over its {itemCount} items.");
        if (artifact.Tensor<float>($"{prefix}.options").Span is not [var decay, var isDense])
            throw new ModelArtifactException($"The weights '{prefix}' of the model artifact have no options.");
        var dense = isDense == 0 ? default(ReadOnlyMemory<float>?) : artifact.Tensor<float>($"{prefix}.weights");
        if (dense is { } all && all.Length != items.Length * items.Length)
            throw new ModelArtifactException($"The weights '{prefix}' of the model artifact are not {items.Length} x {items.Length}.");
        return new EaseWeights(
            itemCount, items, artifact.Tensor<float>($"{prefix}.type_weights"), decay,
            dense, dense is null ? Rows.Read(artifact, $"{prefix}.weights", items.Length) : default);
    }

    private void ScoreDense(HistoryItems seen, ReadOnlySpan<float> weights, Span<float> scores)
    {
        var items = _items.Span;
        var size = items.Length;
        // Where all items take part the scores are summed in place; else beside and then spread.
        var sums = size == scores.Length ? scores : Scratch(size);
        sums.Clear();
        Span<int> rows = stackalloc int[HistoryItems.MaxItems];
        Span<float> amounts = stackalloc float[HistoryItems.MaxItems];
        var (count, step) = (0, 1f);
        for (var i = 0; i < seen.Count; i++, step *= _decay)
        {
            if (_rowOf[seen.Items[i]] is var row and >= 0)
                (rows[count], amounts[count++]) = (row, seen.Weights[i] * step);
        }
        WeightedRows.Add(weights, size, rows[..count], amounts[..count], sums);
        if (size == scores.Length)
            return;
        for (var column = 0; column < size; column++)
            scores[items[column]] = sums[column];
    }

    private void ScoreSparse(HistoryItems seen, Span<float> scores)
    {
        var items = _items.Span;
        var step = 1f;
        for (var i = 0; i < seen.Count; i++, step *= _decay)
        {
            if (_rowOf[seen.Items[i]] is not (var row and >= 0))
                continue;
            _sparse.Row(row, out var columns, out var values);
            for (var j = 0; j < columns.Length; j++)
                scores[items[columns[j]]] += seen.Weights[i] * step * values[j];
        }
    }

    private static void Regularize(float[] gram, int size, double regularization)
    {
        var trace = 0.0;
        for (var i = 0; i < size; i++)
            trace += gram[i * size + i];
        var least = Math.Max(regularization, LeastShareOfTrace * trace);
        for (var i = 0; i < size; i++)
            gram[i * size + i] += (float)least;
    }

    /// <summary>B = -P / diag(P) by columns, zeros on the diagonal.</summary>
    private static void DivideByDiagonal(float[] inverse, int size, TrainingRun run)
    {
        var scale = new float[size];
        for (var i = 0; i < size; i++)
            scale[i] = -1 / inverse[i * size + i];
        Workers.ForBlocks(size, 64, run.Threads, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var weights = inverse.AsSpan(row * size, size);
                TensorPrimitives.Multiply(weights, scale, weights);
                weights[row] = 0;
            }
        }, run.CancellationToken);
    }

    private static SparseRows Largest(float[] weights, int size, int most, TrainingRun run)
    {
        most = Math.Min(most, size);
        var (starts, columns, values) = (new int[size + 1], new int[size * most], new float[size * most]);
        Workers.ForBlocks(size, 64, run.Threads, (_, from, to) =>
        {
            var magnitudes = new float[size];
            var kept = new int[most];
            for (var row = from; row < to; row++)
            {
                var all = weights.AsSpan(row * size, size);
                TensorPrimitives.Abs(all, magnitudes);
                TopK.Select(magnitudes, [], kept);
                kept.AsSpan().Sort();
                for (var i = 0; i < most; i++)
                    (columns[row * most + i], values[row * most + i]) = (kept[i], all[kept[i]]);
            }
        }, run.CancellationToken);
        for (var row = 0; row < size; row++)
            starts[row + 1] = (row + 1) * most;
        return new SparseRows(starts, columns, values);
    }

    [ThreadStatic] private static float[]? _scratch;

    private static Span<float> Scratch(int size)
    {
        if (_scratch is null || _scratch.Length < size)
            _scratch = new float[size];
        return _scratch.AsSpan(0, size);
    }
}
