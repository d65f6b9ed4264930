using Kindred.Numerics.Dense;

namespace Kindred.Recipes.Transformer;

/// <summary>y = x·w and its derivatives; the bias is added by the pass that comes after.</summary>
internal static class Linear
{
    /// <param name="x">Shape [rows, inputs].</param>
    /// <param name="rows">Rows of x and y.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="weights">Shape [inputs, outputs].</param>
    /// <param name="outputs">Columns of y.</param>
    /// <param name="y">Shape [rows, outputs].</param>
    public static void Forward(ReadOnlySpan<float> x, int rows, int inputs, ReadOnlySpan<float> weights, int outputs, Span<float> y) =>
        Gemm.Multiply(new MatrixView(x, rows, inputs, inputs), new MatrixView(weights, inputs, outputs, outputs), y, outputs);

    /// <summary>dx = dy·wᵀ.</summary>
    public static void InputGradient(ReadOnlySpan<float> dy, int rows, int outputs, ReadOnlySpan<float> weights, int inputs, Span<float> dx) =>
        Gemm.Multiply(new MatrixView(dy, rows, outputs, outputs), new MatrixView(weights, inputs, outputs, outputs).Transposed, dx, inputs);

    /// <summary>dw += xᵀ·dy.</summary>
    public static void WeightGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows, int inputs, int outputs, Span<float> gradient) =>
        Gemm.Multiply(
            new MatrixView(x, rows, inputs, inputs).Transposed, new MatrixView(dy, rows, outputs, outputs), gradient, outputs,
            accumulate: true);
}
