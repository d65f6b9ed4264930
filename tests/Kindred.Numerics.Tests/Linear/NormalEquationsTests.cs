using Kindred.Numerics.Linear;

namespace Kindred.Numerics.Tests.Linear;

public class NormalEquationsTests
{
    private const int TableRows = 300;

    public static TheoryData<int> Widths => LinearTests.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Add_AnyShape_AgreesWithReference(int width) => Assert.All(Shapes(), shape =>
    {
        var (size, count) = shape;
        var random = new Random(size + count);
        var rows = Floats(random, TableRows * size);
        var chosen = Enumerable.Range(0, count).Select(_ => random.Next(TableRows)).ToArray();
        var weights = Enumerable.Range(0, count).Select(i => i % 3 == 0 ? 1 : random.NextSingle()).ToArray();
        var (matrix, right) = (Floats(random, size * size), Floats(random, size));
        var (expectedMatrix, expectedRight) = (Array.ConvertAll(matrix, x => (double)x), Array.ConvertAll(right, x => (double)x));

        NormalEquations.Add((SimdWidth)width, rows, chosen, weights, matrix, right);

        NormalEquationsReference.Add(rows, chosen, weights, expectedMatrix, expectedRight);
        var tolerance = (count + 2) * Math.Pow(2, -24) * (count + 1); // rows are below 1
        for (var i = 0; i < size; i++)
        {
            Assert.Equal(expectedRight[i], right[i], tolerance);
            for (var j = i; j < size; j++)
                Assert.Equal(expectedMatrix[i * size + j], matrix[i * size + j], tolerance);
        }
    });

    [Fact]
    public void Add_AnyWidth_GivesTheSameBits()
    {
        const int Size = 80;
        var random = new Random(4);
        var (rows, weights) = (Floats(random, TableRows * Size), Enumerable.Range(0, 170).Select(_ => random.NextSingle()).ToArray());
        var chosen = Enumerable.Range(0, weights.Length).ToArray();
        var sums = Widths.Select(width =>
        {
            var (matrix, right) = (new float[Size * Size], new float[Size]);
            NormalEquations.Add((SimdWidth)width.Data, rows, chosen, weights, matrix, right);
            return Enumerable.Range(0, Size).SelectMany(row => matrix[(row * (Size + 1))..((row + 1) * Size)]).Concat(right).ToArray();
        }).ToArray();

        Assert.Equal(sums[0], sums[1]);
        Assert.Equal(sums[0], sums[2]);
    }

    [Theory]
    [InlineData(-1), InlineData(TableRows)]
    public void Add_RowThatIsNotThere_Throws(int row) => Assert.Throws<ArgumentOutOfRangeException>(
        () => NormalEquations.Add(new float[TableRows * 16], [0, row], [1, 1], new float[256], new float[16]));

    [Fact]
    public void Add_WidthBetweenTheUnits_Throws() =>
        Assert.Throws<ArgumentException>(() => NormalEquations.Add(new float[24], [0], [1], new float[24 * 24], new float[24]));

    // Around the registers, and around the rows that are gathered together.
    private static IEnumerable<(int Size, int Count)> Shapes() =>
        from size in new[] { 16, 32, 48, 64, 80, 96, 112, 128 } from count in new[] { 0, 1, 2, 31, 32, 33, 64, 65, 257 } select (size, count);

    private static float[] Floats(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
}
