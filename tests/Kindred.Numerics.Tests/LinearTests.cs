using Kindred.Numerics.Linear;
using Kindred.Numerics.Sparse;

namespace Kindred.Numerics.Tests;

public class LinearTests
{
    public static TheoryData<int> Widths => [(int)SimdWidth.Scalar, (int)SimdWidth.Vector256, (int)SimdWidth.Vector512];

    [Theory, MemberData(nameof(Widths))]
    public void TryFactor_EverySizeUpTo100_SolvesLikeReference(int width) => Assert.All([.. Enumerable.Range(1, 100), 128, 200, 256], size =>
    {
        var matrix = PositiveDefinite(size);
        var right = Enumerable.Range(0, size).Select(i => (float)Math.Sin(i)).ToArray();
        var expected = CholeskyReference.Solve(Doubles(matrix), Doubles(right));
        var stride = size + size % 3;
        var factor = new float[size * stride];
        for (var row = 0; row < size; row++)
            matrix.AsSpan(row * size + row, size - row).CopyTo(factor.AsSpan(row * stride + row)); // below the diagonal nothing is needed

        Assert.Equal(-1, SmallCholesky.TryFactor((SimdWidth)width, factor, size, stride));
        var solution = right.ToArray();
        SmallCholesky.Solve(factor, stride, solution);

        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < size; i++)
            Assert.Equal(expected[i], solution[i], tolerance: Bound(size) * scale);
    });

    [Fact]
    public void TryFactor_AnyWidth_GivesTheSameFactor()
    {
        var matrix = PositiveDefinite(70);
        var factors = Widths.Select(width =>
        {
            var factor = matrix.ToArray();
            SmallCholesky.TryFactor((SimdWidth)width.Data, factor, 70, 70);
            return Enumerable.Range(0, 70).SelectMany(row => factor[(row * 71)..((row + 1) * 70)]).ToArray();
        }).ToArray();

        Assert.Equal(factors[0], factors[1]);
        Assert.Equal(factors[0], factors[2]);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void TryFactor_PivotNotPositive_IsToldApart(float pivot)
    {
        var matrix = PositiveDefinite(20);
        matrix[7 * 20 + 7] = pivot;

        Assert.Equal(7, SmallCholesky.TryFactor(Simd.Width, matrix, 20, 20));
    }

    [Theory]
    [
        InlineData(1), InlineData(2), InlineData(127), InlineData(128), InlineData(129), InlineData(255), InlineData(300),
        InlineData(520), InlineData(700),
    ]
    public void Invert_AroundTheBlocks_TimesTheMatrixIsTheIdentity(int size)
    {
        var matrix = PositiveDefinite(size);
        var inverse = matrix.ToArray();

        SymmetricInverse.Invert(inverse, size, threads: 2);

        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column += 1 + size / 40)
            {
                Assert.Equal(inverse[row * size + column], inverse[column * size + row]);
                var product = 0.0;
                for (var k = 0; k < size; k++)
                    product += (double)matrix[row * size + k] * inverse[column * size + k];
                Assert.Equal(row == column ? 1 : 0, product, tolerance: Bound(size));
            }
        }
    }

    [Fact]
    public void Invert_SmallMatrix_AgreesWithReference()
    {
        var matrix = PositiveDefinite(40);
        var expected = CholeskyReference.Invert(Doubles(matrix), 40);

        SymmetricInverse.Invert(matrix, 40, threads: 1);

        for (var i = 0; i < matrix.Length; i++)
            Assert.Equal(expected[i], matrix[i], tolerance: Bound(40) * expected.Max());
    }

    [Fact]
    public void Invert_AnyThreads_GivesTheSameBits()
    {
        var (one, three) = (PositiveDefinite(600), PositiveDefinite(600));

        SymmetricInverse.Invert(one, 600, threads: 1);
        SymmetricInverse.Invert(three, 600, threads: 3);

        Assert.Equal(one, three);
    }

    [Fact]
    public void Invert_NotPositiveDefinite_NamesThePivot()
    {
        var matrix = PositiveDefinite(300);
        matrix[250 * 300 + 250] = -1;

        var e = Assert.Throws<NotPositiveDefiniteException>(() => SymmetricInverse.Invert(matrix, 300, 2));

        Assert.Contains("pivot 250", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invert_Cancelled_Throws() =>
        Assert.ThrowsAny<OperationCanceledException>(() => SymmetricInverse.Invert(PositiveDefinite(300), 300, 2, new CancellationToken(true)));

    [Theory]
    [InlineData(false, 1), InlineData(true, 1), InlineData(true, 3)]
    public void Gram_RowsInAnyOrder_AgreesWithReference(bool hasValues, int threads)
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 33).OrderBy(_ => random.Next()).Take(random.Next(12)).ToArray()).ToArray();
        var starts = new int[61];
        for (var row = 0; row < 60; row++)
            starts[row + 1] = starts[row] + rows[row].Length;
        var pattern = new SparsePattern(starts, [.. rows.SelectMany(row => row)], 33);
        var values = hasValues ? pattern.Columns.Select(_ => random.NextSingle()).ToArray() : [];

        var gram = Gram.Compute(pattern, values, threads);

        var expected = GramReference.Compute(pattern, values);
        for (var i = 0; i < gram.Length; i++)
            Assert.Equal(expected[i], gram[i], tolerance: 1e-4);
    }

    /// <summary>BᵀB + 1, whose condition is small, so that the bounds below hold with room.</summary>
    private static float[] PositiveDefinite(int size)
    {
        var random = new Random(size);
        var b = new float[size * size];
        for (var i = 0; i < b.Length; i++)
            b[i] = (random.NextSingle() - 0.5f) / MathF.Sqrt(size);
        var matrix = new float[size * size];
        for (var k = 0; k < size; k++)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                    matrix[i * size + j] += b[k * size + i] * b[k * size + j];
            }
        }
        for (var i = 0; i < size; i++)
            matrix[i * size + i] += 1;
        return matrix;
    }

    // n·ε times a small factor for the condition.
    private static double Bound(int size) => 8 * (size + 1) * Math.Pow(2, -24);

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];
}
