using Kindred.Numerics.Dense;

namespace Kindred.Bench.Kernels;

/// <summary>Products in the shapes that recommenders have: few columns, many rows, either side transposed.</summary>
internal static class ProductCases
{
    public static IEnumerable<KernelCase> All(int threads) =>
    [
        Product("256 x 256 · 256 x 256", 256, 256, 256, false, false, threads),
        Product("1024 x 1024 · 1024 x 1024", 1024, 1024, 1024, false, false, threads),
        Product("layer: 12800 x 64 · 64 x 64", 12800, 64, 64, false, false, threads),
        Product("layer gradient: 12800 x 64 · (64 x 64)ᵀ", 12800, 64, 64, false, true, threads),
        Product("layer of 1,024 positions: 1024 x 64 · 64 x 256", 1024, 256, 64, false, false, threads),
        Product("weight gradient: (12800 x 64)ᵀ · 12800 x 64", 64, 64, 12800, true, false, threads),
        Product("logits: 12800 x 64 · (3456 x 64)ᵀ", 12800, 3456, 64, false, true, threads),
        Product("logit gradient: 12800 x 3456 · 3456 x 64", 12800, 64, 3456, false, false, threads),
        Product("item gradient: (12800 x 3456)ᵀ · 12800 x 64", 3456, 64, 12800, true, false, threads),
        Product("sampled logits: 1024 x 64 · (512 x 64)ᵀ", 1024, 512, 64, false, true, threads),
        Product("attention: 200 x 64 · (200 x 64)ᵀ", 200, 200, 64, false, true, threads),
        Product("attention: 200 x 200 · 200 x 64", 200, 64, 200, false, false, threads),
        Product("attention: (200 x 200)ᵀ · 200 x 64", 200, 64, 200, true, false, threads),
        Product("normal matrix: (100 x 64)ᵀ · 100 x 64", 64, 64, 100, true, false, threads),
    ];

    private static KernelCase Product(string name, int rows, int columns, int depth, bool transposesA, bool transposesB, int threads)
    {
        var (a, b, c) = (Floats(rows * depth), Floats(depth * columns), new float[rows * columns]);
        void Run()
        {
            var left = transposesA ? new MatrixView(a, depth, rows).Transposed : new MatrixView(a, rows, depth);
            var right = transposesB ? new MatrixView(b, columns, depth).Transposed : new MatrixView(b, depth, columns);
            if (threads == 1)
                Gemm.Multiply(left, right, c, columns);
            else
                Gemm.Multiply(left, right, c, columns, accumulate: false, threads);
        }
        return new(name, "product", [rows, columns, depth, transposesA ? 1 : 0, transposesB ? 1 : 0], 2.0 * rows * columns * depth, Run);
    }

    public static float[] Floats(int count)
    {
        var random = new Random(count);
        var floats = new float[count];
        foreach (ref var value in floats.AsSpan())
            value = random.NextSingle() - 0.5f;
        return floats;
    }
}
