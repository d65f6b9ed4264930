using CsCheck;
using Kindred.Numerics.Sparse;

namespace Kindred.Numerics.Tests;

public class SparseTests
{
    [Fact]
    public void PositionsByColumn_AnyColumns_AgreesWithReference() =>
        Gen.Int[-1, 7].Array[0, 60].Sample(columns =>
        {
            var pattern = SparsePattern.PositionsByColumn(columns, 8);

            var expected = SparsePatternReference.PositionsByColumn(columns, 8);
            for (var column = 0; column < 8; column++)
                Assert.Equal(expected[column], pattern.Row(column).ToArray());
        }, iter: 500, threads: 1);

    [Fact]
    public void Transpose_Twice_SortsTheRows() =>
        Gen.Int[0, 9].HashSet[0, 10].Array[0, 12].Sample(rows =>
        {
            var starts = new int[rows.Length + 1];
            for (var row = 0; row < rows.Length; row++)
                starts[row + 1] = starts[row] + rows[row].Count;

            var twice = new SparsePattern(starts, [.. rows.SelectMany(row => row)], 10).Transpose().Transpose();

            for (var row = 0; row < rows.Length; row++)
                Assert.Equal(rows[row].Order(), twice.Row(row).ToArray());
        }, iter: 500, threads: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Build_MoreEntriesThanKept_KeepsTheLargestInOrder(int threads)
    {
        const int Rows = 200, Columns = 300, Kept = 17;
        static float Value(int row, int column) => (row * 31 + column * 17) % 101 - 20;

        var built = SparseRowsBuilder.Build(Rows, Columns, Kept, threads, (row, sums) =>
        {
            for (var column = 0; column < Columns; column++)
                sums.Add(column, Value(row, column));
        });

        for (var row = 0; row < Rows; row++)
        {
            var expected = Enumerable.Range(0, Columns).Where(column => Value(row, column) > 0)
                .OrderByDescending(column => Value(row, column)).ThenBy(column => column).Take(Kept).ToArray();
            built.Row(row, out var columns, out var values);
            Assert.Equal(expected, columns.ToArray());
            Assert.Equal(expected.Select(column => Value(row, column)), values.ToArray());
        }
    }

    [Fact]
    public void TakeLargest_ZerosAndNegatives_AreLeftOutAndTheRowIsEmptyAfterwards()
    {
        var sums = new RowAccumulator(5);
        sums.AddScaled([0, 1, 2], [1, -1, 0], 2);
        var (columns, values) = (new List<int>(), new List<float>());

        var taken = sums.TakeLargest(10, columns, values);

        Assert.Equal((1, 0, 2f), (taken, columns[0], values[0]));
        Assert.Equal(0, sums.Touched.Length);
        Assert.Equal(0f, sums[0]);
    }
}
