using Kindred.Numerics.Dense;
using Kindred.Numerics.Linear;

namespace Kindred.Recipes.Content;

/// <summary>
/// The largest singular values of a sparse matrix and their right singular vectors, by subspace iteration from a random start
/// (Halko, Martinsson, Tropp, Finding structure with randomness, SIAM Review 2011, algorithm 4.4).
/// </summary>
/// <param name="Right">Right singular vectors, row-major, shape [columns, Rank].</param>
/// <param name="Values">Singular values, descending, at least 0, shape [Rank].</param>
/// <param name="Rank">Singular values that were asked for and exist.</param>
internal sealed record TruncatedSvd(float[] Right, float[] Values, int Rank)
{
    private const int Oversampling = 12;
    private const int Iterations = 4; // ML-1M, rank 64: the 64th singular value is within 1 % of that of 20 iterations
    private const int BlockRows = 4096;

    /// <summary>Deterministic for a seed, for any number of threads.</summary>
    public static TruncatedSvd Of(FeatureMatrix matrix, int rank, int seed, int threads, CancellationToken cancellationToken)
    {
        var most = Math.Min(matrix.RowCount, matrix.ColumnCount);
        var width = Math.Min(rank + Oversampling, most);
        if (width == 0)
            return new TruncatedSvd([], [], 0);
        var transposed = matrix.Transpose();
        var basis = RandomBasis(matrix.ColumnCount, width, seed);
        for (var iteration = 0; iteration < Iterations; iteration++)
            basis = Orthonormal(
                transposed.Multiply(matrix.Multiply(basis, width, threads, cancellationToken), width, threads, cancellationToken), width,
                threads);
        var image = matrix.Multiply(basis, width, threads, cancellationToken);
        var (values, vectors) = Eigen(image, width);
        rank = Math.Min(rank, width);
        var rotation = new float[width * rank];
        for (var i = 0; i < width; i++)
        {
            for (var k = 0; k < rank; k++)
                rotation[i * rank + k] = (float)vectors[k * width + i];
        }
        return new TruncatedSvd(
            Product(basis, width, rotation, rank, threads),
            [.. values.Take(rank).Select(value => (float)Math.Sqrt(Math.Max(0, value)))], rank);
    }

    private static float[] RandomBasis(int rows, int width, int seed)
    {
        var (random, basis) = (new Random(seed), new float[checked(rows * width)]);
        for (var i = 0; i < basis.Length; i++)
            basis[i] = random.NextSingle() - 0.5f;
        return basis;
    }

    /// <summary>Columns of Z·E·Λ^-1/2, with ZᵀZ = E·Λ·Eᵀ: orthonormal, or zero where Z has no more directions.</summary>
    private static float[] Orthonormal(float[] matrix, int width, int threads)
    {
        const double Negligible = 1e-10;
        var (values, vectors) = Eigen(matrix, width);
        var rotation = new float[width * width];
        for (var k = 0; k < width; k++)
        {
            var scale = values[k] > Negligible * values[0] && values[k] > 0 ? 1 / Math.Sqrt(values[k]) : 0;
            for (var i = 0; i < width; i++)
                rotation[i * width + k] = (float)(scale * vectors[k * width + i]);
        }
        return Product(matrix, width, rotation, width, threads);
    }

    /// <summary>Eigenvalues, and eigenvectors by rows, of MᵀM. Blocks in single precision, their sum in double.</summary>
    private static (double[] Values, double[] Vectors) Eigen(float[] matrix, int width)
    {
        var (gram, part) = (new double[width * width], new float[width * width]);
        for (int row = 0, rows = matrix.Length / width; row < rows; row += BlockRows)
        {
            var block = new MatrixView(matrix.AsSpan(row * width, Math.Min(BlockRows, rows - row) * width), Math.Min(BlockRows, rows - row), width);
            Gemm.Multiply(block.Transposed, block, part, width);
            for (var i = 0; i < gram.Length; i++)
                gram[i] += part[i];
        }
        var (values, vectors) = (new double[width], new double[width * width]);
        SymmetricEigen.Decompose(gram, values, vectors);
        return (values, vectors);
    }

    private static float[] Product(float[] matrix, int width, float[] rotation, int columns, int threads)
    {
        var rows = matrix.Length / width;
        var product = new float[rows * columns];
        Gemm.Multiply(new MatrixView(matrix, rows, width), new MatrixView(rotation, width, columns), product, columns, accumulate: false, threads);
        return product;
    }
}
