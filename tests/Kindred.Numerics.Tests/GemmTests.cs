using Kindred.Numerics.Dense;

namespace Kindred.Numerics.Tests;

public class GemmTests
{
    private static readonly int[] Sizes = [0, 1, 2, 5, 6, 7, 12, 15, 16, 17, 31, 32, 33, 50, 63, 64, 65, 100, 129, 200, 257, 300, 513, 530];

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Multiply_RandomShapesStridesAndTransposes_AgreesWithReference(int width) => Assert.All(Enumerable.Range(0, 150), seed =>
    {
        var random = new Random(seed); // the seed names the case
        var limit = seed % 10 == 0 ? Sizes.Length : 17;
        var (rows, columns, depth) = (Sizes[random.Next(limit)], Sizes[random.Next(limit)], Sizes[random.Next(limit)]);
        var a = Matrix.Random(random, rows, depth);
        var b = Matrix.Random(random, depth, columns);
        var stride = columns + random.Next(3);
        var before = Matrix.Floats(random, Math.Max(0, rows * stride));
        var accumulate = random.Next(2) == 0;
        var c = before.ToArray();

        Gemm.Multiply((SimdWidth)width, a.View, b.View, c, stride, accumulate);

        var expected = GemmReference.Multiply(a.View, b.View);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < stride; j++)
            {
                var (start, at) = (before[i * stride + j], i * stride + j);
                if (j >= columns)
                    Assert.Equal(start, c[at]); // between the rows nothing is written
                else
                    Assert.Equal(
                        expected[i * columns + j] + (accumulate ? start : 0),
                        c[at],
                        tolerance: Bound(a.View, b.View, i, j, accumulate ? start : 0));
            }
        }
    });

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Multiply_PackedOrInThreadsOrRowByRow_GivesTheSameBits(int width) =>
        Assert.All(new[] { (7, 33, 20), (131, 70, 300), (64, 64, 1000), (200, 200, 64) }, shape =>
    {
        var random = new Random(5);
        var (rows, columns, depth) = shape;
        var a = Matrix.Random(random, rows, depth);
        var b = Matrix.Random(random, depth, columns);
        var expected = new float[rows * columns];
        Gemm.Multiply((SimdWidth)width, a.View, b.View, expected, columns, false);

        var packed = new PackedMatrix(b.View, (SimdWidth)width);
        var fromPacked = new float[rows * columns];
        Gemm.MultiplyPacked(a.View, packed, fromPacked, columns);
        var alone = new float[rows * columns];
        for (var i = 0; i < rows; i++)
            Gemm.Multiply((SimdWidth)width, a.View.SliceRows(i, 1), b.View, alone.AsSpan(i * columns), columns, false);
        var threaded = new float[rows * columns];
        Gemm.Multiply(a.View, b.View, threaded, columns, false, threads: 3);

        Assert.Equal(expected, fromPacked);
        Assert.Equal(expected, alone);
        Assert.Equal(expected, threaded);
    });

    [Theory]
    [MemberData(nameof(Every.Width), MemberType = typeof(Every))]
    public void Multiply_NaN_ReachesItsRowAndColumnOnly(int width)
    {
        var a = Enumerable.Repeat(1f, 13 * 9).ToArray();
        a[7 * 9 + 4] = float.NaN;
        var b = Enumerable.Repeat(1f, 9 * 35).ToArray();
        b[2 * 35 + 33] = float.NaN;
        var c = new float[13 * 35];

        Gemm.Multiply((SimdWidth)width, new(a, 13, 9), new(b, 9, 35), c, 35, false);

        for (var i = 0; i < 13; i++)
        {
            for (var j = 0; j < 35; j++)
                Assert.Equal(i == 7 || j == 33 ? float.NaN : 9f, c[i * 35 + j]);
        }
    }

    [Fact]
    public void Multiply_AfterTheFirstCall_AllocatesNothing()
    {
        var random = new Random(1);
        var (a, b, c) = (Matrix.Floats(random, 100 * 300), Matrix.Floats(random, 300 * 700), new float[100 * 700]);
        void Run() => Gemm.Multiply(new(a, 100, 300), new(b, 300, 700), c, 700);
        Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            Run();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Multiply_ShapesDoNotFit_Throws()
    {
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(new(new float[6], 2, 3), new(new float[6], 2, 3), new float[6], 3));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(new(new float[6], 2, 3), new(new float[6], 3, 2), new float[3], 2));
        Assert.Throws<ArgumentException>(() => new MatrixView(new float[6], 2, 4));
        Assert.Throws<ArgumentException>(() => new MatrixView(new float[5], 3, 2, 1, 3).Rows);
    }

    private static double Bound(MatrixView a, MatrixView b, int row, int column, float start)
    {
        var sum = Math.Abs((double)start);
        for (var k = 0; k < a.Columns; k++)
            sum += Math.Abs((double)a[row, k] * b[k, column]);
        return (a.Columns + 1) * Math.Pow(2, -24) * sum;
    }

    /// <summary>A matrix with gaps, transposed or not.</summary>
    private sealed record Matrix(float[] Values, int Rows, int Columns, int RowStride, int ColumnStride)
    {
        public MatrixView View => new(Values, Rows, Columns, RowStride, ColumnStride);

        public static Matrix Random(Random random, int rows, int columns)
        {
            var transposed = random.Next(2) == 0;
            var inner = random.Next(4) == 0 ? 2 : 1;
            var gap = random.Next(3);
            return transposed
                ? new(Floats(random, columns * (rows * inner + gap)), rows, columns, inner, rows * inner + gap)
                : new(Floats(random, rows * (columns * inner + gap)), rows, columns, columns * inner + gap, inner);
        }

        public static float[] Floats(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
