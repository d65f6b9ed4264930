using Kindred.Numerics.Dense;
using Kindred.Numerics.Optimization;
using Kindred.Numerics.Probability;

namespace Kindred.Bench.Kernels;

/// <summary>What lies between the products.</summary>
internal static class RowCases
{
    public static IEnumerable<KernelCase> All() =>
    [
        Map("dot product, 1,000,000", "dot", 1_000_000, (x, y) => VectorMath.Dot(x, y)),
        Map("y += a·x, 1,000,000", "addScaled", 1_000_000, (x, y) => VectorMath.AddScaled(1e-9f, x, y)),
        Map("exponential, 1,000,000", "exponential", 1_000_000, (x, y) => Exponential.Compute(x, y)),
        Map("ReLU, 1,000,000", "relu", 1_000_000, (x, y) => Activation.Relu(x, y)),
        Map("SiLU, 1,000,000", "silu", 1_000_000, (x, y) => Activation.Silu(x, y)),
        Map("dropout, 1,000,000", "dropout", 1_000_000, (x, y) => Dropout.Apply(x, y, 0.2f, 1, 1)),
        Softmaxes(1024, 512),
        Softmaxes(200, 100),
        Sums(1024, 3456),
        NormForward(1024, 64),
        NormBackward(1024, 64),
        Dense(3456 * 64),
        Rows(100_000, 64, 512),
    ];

    private static KernelCase Map(string name, string peer, int count, Action<float[], float[]> kernel)
    {
        var (x, y) = (ProductCases.Floats(count), new float[count]);
        return new(name, peer, [count], 0, () => kernel(x, y));
    }

    private static KernelCase Softmaxes(int rows, int width)
    {
        var (x, y) = (ProductCases.Floats(rows * width), new float[rows * width]);
        return new($"softmax, {rows} x {width}", "softmax", [rows, width], 0, () =>
        {
            for (var start = 0; start < x.Length; start += width)
                Softmax.Compute(x.AsSpan(start, width), y.AsSpan(start, width));
        });
    }

    private static KernelCase Sums(int rows, int width)
    {
        var (x, y) = (ProductCases.Floats(rows * width), new float[rows]);
        return new($"log-sum-exp, {rows} x {width}", "logSumExp", [rows, width], 0, () =>
        {
            for (var row = 0; row < rows; row++)
                y[row] = LogSumExp.Compute(x.AsSpan(row * width, width));
        });
    }

    private static KernelCase NormForward(int rows, int width)
    {
        var (x, gain, bias) = (ProductCases.Floats(rows * width), ProductCases.Floats(width), ProductCases.Floats(width));
        var (normalized, inverse, y) = (new float[rows * width], new float[rows], new float[rows * width]);
        return new(
            $"layer norm, {rows} x {width}",
            "layerNorm",
            [rows, width],
            0,
            () => LayerNorm.Forward(x, rows, width, gain, bias, normalized, inverse, y));
    }

    private static KernelCase NormBackward(int rows, int width)
    {
        var (dy, gain, normalized) = (ProductCases.Floats(rows * width), ProductCases.Floats(width), ProductCases.Floats(rows * width));
        var (inverse, dGain, dBias, dx) = (ProductCases.Floats(rows), new float[width], new float[width], new float[rows * width]);
        return new(
            $"layer norm gradient, {rows} x {width}",
            "layerNormGradient",
            [rows, width],
            0,
            () => LayerNorm.Backward(dy, rows, width, gain, normalized, inverse, dGain, dBias, dx));
    }

    private static KernelCase Dense(int count)
    {
        var (weights, gradients, mean, meanSquare, step) =
            (ProductCases.Floats(count), ProductCases.Floats(count), new float[count], new float[count], 0);
        return new(
            $"Adam, {count:N0} weights",
            "adam",
            [count],
            0,
            () => Adam.Step(weights, gradients, mean, meanSquare, new(1e-3f, 0.9f, 0.98f, 1e-8f, ++step)));
    }

    private static KernelCase Rows(int rows, int width, int touched)
    {
        var (weights, gradients) = (ProductCases.Floats(rows * width), ProductCases.Floats(touched * width));
        var (mean, meanSquare, last, step) = (new float[rows * width], new float[rows * width], new int[rows], 0);
        int[] indices = [.. Enumerable.Range(0, touched).Select(i => i * (rows / touched))];
        return new($"Adam, {touched} of {rows:N0} rows of {width}", "adamRows", [rows, width, touched], 0,
            () => Adam.StepRows(weights, indices, gradients, mean, meanSquare, last, new(1e-3f, 0.9f, 0.98f, 1e-8f, ++step)));
    }
}
