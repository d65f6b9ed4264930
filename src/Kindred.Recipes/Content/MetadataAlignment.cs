using System.Numerics.Tensors;
using Kindred.Numerics.Dense;
using Kindred.Numerics.Linear;
using Kindred.Numerics.Threading;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Content;

/// <summary>
/// Learns which attributes make users meet the same items: ridge regression from an item's features to its collaborative vectors
/// (Gantner et al., Learning attribute-to-feature mappings for cold-start recommendations, ICDM 2010), so that an item that nobody has met gets
/// the vectors that items like it have. Strength of the ridge and weight of the texts are those with the least leave-one-out error,
/// which has a closed form: (t - t̂)/(1 - h) with h the item's leverage.
/// </summary>
internal sealed class MetadataAlignment
{
    private const int MaxItems = 20_000; // the most interacted: their vectors are the most certain
    private const int MaxItemsToChoose = 4096;
    private const int BlockRows = 128;
    private static readonly float[] Ridges = [1, 0.3f, 3, 10, 30];
    private static readonly float[] TextScales = [0.25f, 0, 0.5f, 1];

    private readonly ContentFeatures _features;
    private readonly TrainingRun _run;

    private MetadataAlignment(ContentFeatures features, TrainingRun run) => (_features, _run) = (features, run);

    /// <summary>Weight of the texts beside the attributes that was chosen.</summary>
    public float TextScale { get; private set; }

    /// <summary>Strength of the ridge that was chosen.</summary>
    public float Ridge { get; private set; }

    /// <summary>
    /// Share of the targets' squares that is left unexplained when each item is left out once, 0 = none; above 1 the features mislead.
    /// </summary>
    public double LeaveOneOutError { get; private set; }

    /// <summary>Vectors of all items from what they are, row-major, shape [items, width of the targets].</summary>
    /// <param name="features">The items.</param>
    /// <param name="known">Items with vectors to learn from, the most certain first.</param>
    /// <param name="vectors">Vectors by item code, row-major, shape [items, width]; only those of <paramref name="known"/> are read.</param>
    /// <param name="width">Width of the vectors.</param>
    /// <param name="judged">First so many dimensions decide which ridge is best.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="alignment">What was chosen.</param>
    public static float[] Predict(
        ContentFeatures features, ReadOnlySpan<int> known, float[] vectors, int width, int judged, TrainingRun run, out MetadataAlignment alignment)
    {
        alignment = new MetadataAlignment(features, run);
        var items = known[..Math.Min(MaxItems, known.Length)].ToArray();
        alignment.Choose(items[..Math.Min(MaxItemsToChoose, items.Length)], vectors, width, judged);
        var (inverse, moments) = alignment.Solve(alignment.Sum(items, vectors, width), alignment.TextScale, alignment.Ridge);
        return alignment.Apply(alignment.Product(inverse, moments, width), width);
    }

    private void Choose(int[] items, float[] vectors, int width, int judged)
    {
        var sums = Sum(items, vectors, width);
        LeaveOneOutError = double.PositiveInfinity;
        (TextScale, Ridge) = (0, Ridges[0]);
        foreach (var scale in _features.TextDimension > 0 ? TextScales : [0])
            Try(scale, Ridges[0]);
        foreach (var ridge in Ridges.AsSpan(1))
            Try(TextScale, ridge);

        void Try(float scale, float ridge)
        {
            if (Error(items, vectors, sums, judged, scale, ridge) is var error && error < LeaveOneOutError)
                (LeaveOneOutError, TextScale, Ridge) = (error, scale, ridge);
        }
    }

    private double Error(int[] items, float[] vectors, Sums sums, int judged, float textScale, float ridge)
    {
        var width = sums.Width;
        var (inverse, moments) = Solve(sums, textScale, ridge);
        var weights = Product(inverse, moments, width);
        var blocks = new (double Error, double Total)[(items.Length + BlockRows - 1) / BlockRows];
        Workers.ForBlocks(items.Length, BlockRows, _run.Threads, (_, from, to) =>
            blocks[from / BlockRows] = BlockError(items.AsSpan(from, to - from), vectors, width, judged, textScale, inverse, weights),
            _run.CancellationToken);
        return blocks.Sum(block => block.Total) is var total and > 0 ? blocks.Sum(block => block.Error) / total : 0;
    }

    private (double Error, double Total) BlockError(
        ReadOnlySpan<int> items, float[] vectors, int width, int judged, float textScale, float[] inverse, float[] weights)
    {
        var size = _features.Width;
        var (rows, projected, predicted) = (Rows(items, textScale), new float[items.Length * size], new float[items.Length * width]);
        Gemm.Multiply(new MatrixView(rows, items.Length, size), new MatrixView(inverse, size, size), projected, size);
        Gemm.Multiply(new MatrixView(rows, items.Length, size), new MatrixView(weights, size, width), predicted, width);
        var (error, total) = (0.0, 0.0);
        for (var i = 0; i < items.Length; i++)
        {
            var leverage = TensorPrimitives.Dot<float>(rows.AsSpan(i * size, size), projected.AsSpan(i * size, size));
            var left = Math.Max(1e-3, 1 - leverage);
            for (var k = 0; k < judged; k++)
            {
                var (target, guess) = ((double)vectors[items[i] * width + k], (double)predicted[i * width + k]);
                error += (target - guess) * (target - guess) / (left * left);
                total += target * target;
            }
        }
        return (error, total);
    }

    /// <summary>HᵀH and HᵀT with texts of length 1. Summed block by block in a fixed order.</summary>
    private Sums Sum(int[] items, float[] vectors, int width)
    {
        var size = _features.Width;
        var (gram, moments) = (new float[size * size], new float[size * width]);
        for (var from = 0; from < items.Length; from += 8 * BlockRows)
        {
            var block = items.AsSpan(from, Math.Min(8 * BlockRows, items.Length - from));
            var (rows, targets) = (Rows(block, textScale: 1), new float[block.Length * width]);
            for (var i = 0; i < block.Length; i++)
                vectors.AsSpan(block[i] * width, width).CopyTo(targets.AsSpan(i * width));
            var view = new MatrixView(rows, block.Length, size);
            Gemm.Multiply(view.Transposed, view, gram, size, accumulate: true, _run.Threads, _run.CancellationToken);
            Gemm.Multiply(
                view.Transposed, new MatrixView(targets, block.Length, width), moments, width, accumulate: true, _run.Threads,
                _run.CancellationToken);
        }
        return new Sums(gram, moments, width);
    }

    /// <summary>(HᵀH + ridge)⁻¹ and HᵀT with texts of another length.</summary>
    private (float[] Inverse, float[] Moments) Solve(Sums sums, float textScale, float ridge)
    {
        var (size, from) = (_features.Width, _features.Attributes.ColumnCount);
        var (gram, moments) = ((float[])sums.Gram.Clone(), (float[])sums.Moments.Clone());
        for (var i = from; i < from + _features.TextDimension; i++)
        {
            TensorPrimitives.Multiply(gram.AsSpan(i * size, size), textScale, gram.AsSpan(i * size, size));
            TensorPrimitives.Multiply(moments.AsSpan(i * sums.Width, sums.Width), textScale, moments.AsSpan(i * sums.Width, sums.Width));
        }
        for (var i = 0; i < size; i++)
        {
            var texts = gram.AsSpan(i * size + from, _features.TextDimension);
            TensorPrimitives.Multiply(texts, textScale, texts);
            gram[i * size + i] += ridge;
        }
        SymmetricInverse.Invert(gram, size, _run.Threads, _run.CancellationToken);
        return (gram, moments);
    }

    private float[] Product(float[] inverse, float[] moments, int width)
    {
        var (size, weights) = (_features.Width, new float[_features.Width * width]);
        Gemm.Multiply(
            new MatrixView(inverse, size, size), new MatrixView(moments, size, width), weights, width, accumulate: false, _run.Threads,
            _run.CancellationToken);
        return weights;
    }

    private float[] Apply(float[] weights, int width)
    {
        var (attributes, text) = (_features.Attributes, _features.TextDimension);
        var predicted = new float[checked(_features.ItemCount * width)];
        Workers.ForBlocks(_features.ItemCount, BlockRows, _run.Threads, (_, from, to) =>
        {
            for (var item = from; item < to; item++)
            {
                var row = predicted.AsSpan(item * width, width);
                weights.AsSpan((_features.Width - 1) * width, width).CopyTo(row);
                attributes.AddRow(item, weights, width, row);
                for (var k = 0; k < text; k++)
                {
                    var weight = TextScale * _features.Texts[item * text + k];
                    TensorPrimitives.MultiplyAdd(weights.AsSpan((attributes.ColumnCount + k) * width, width), weight, row, row);
                }
            }
        }, _run.CancellationToken);
        return predicted;
    }

    private float[] Rows(ReadOnlySpan<int> items, float textScale)
    {
        var rows = new float[items.Length * _features.Width];
        for (var i = 0; i < items.Length; i++)
            _features.Write(items[i], textScale, rows.AsSpan(i * _features.Width, _features.Width));
        return rows;
    }

    private sealed record Sums(float[] Gram, float[] Moments, int Width);
}
