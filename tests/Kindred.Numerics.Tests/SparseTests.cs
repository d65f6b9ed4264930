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
    public void Build_ZerosAndNegatives_AreLeftOutAndTheNextRowStartsEmpty()
    {
        var built = SparseRowsBuilder.Build(2, 5, 10, 1, (row, sums) =>
        {
            Assert.Equal(0, sums.Touched.Length);
            Assert.Equal(0f, sums[0]);
            sums.Clear();
            sums.AddScaled([0, 1, 2], [1, -1, 0], 2);
        });

        built.Row(1, out var columns, out var values);
        Assert.Equal((1, 0, 2f), (columns.Length, columns[0], values[0]));
    }

    // Few columns make rows dense, many make them sparse: both ways of reading a row meet.
    [Fact]
    public void CoOccurrence_AnyPattern_AgreesWithReference() =>
        (from columnCount in Gen.Int[0, 3].Select(i => new[] { 1, 7, 40, 700 }[i])
         from rows in Gen.Int[0, columnCount - 1].HashSet[0, Math.Min(12, columnCount)].Array[0, 20]
         from least in Gen.Int[1, 3]
         from kept in Gen.Int[1, 30]
         from threads in Gen.Int[1, 3]
         from isWeighted in Gen.Bool
         select (columnCount, rows, least, kept, threads, isWeighted)).Sample(sample =>
    {
        var random = new Random(sample.columnCount);
        var starts = new int[sample.rows.Length + 1];
        for (var row = 0; row < sample.rows.Length; row++)
            starts[row + 1] = starts[row] + sample.rows[row].Count;
        var pattern = new SparsePattern(starts, [.. sample.rows.SelectMany(row => row)], sample.columnCount);
        float[] weights = sample.isWeighted ? [.. pattern.Columns.Select(_ => random.Next(4) / 2f)] : [];
        float[] scale = [.. Enumerable.Range(0, sample.columnCount).Select(_ => random.Next(1, 5) / 4f)];
        float[]? targets = sample.kept % 2 == 0 ? null : [.. Enumerable.Range(0, sample.columnCount).Select(_ => random.Next(0, 3) / 2f)];

        var actual = CoOccurrence.Build(pattern, weights, scale, sample.least, sample.kept, sample.threads, targets);

        var expected = CoOccurrenceReference.Build(pattern, weights, scale, sample.least, targets);
        for (var row = 0; row < sample.columnCount; row++)
        {
            // Sums of halves and quarters are exact, so even ties must agree.
            var best = Enumerable.Range(0, sample.columnCount).Where(column => expected[row, column] > 0)
                .OrderByDescending(column => expected[row, column]).ThenBy(column => column).Take(sample.kept).ToArray();
            actual.Row(row, out var columns, out var values);
            Assert.Equal(best, columns.ToArray());
            Assert.Equal(best.Select(column => (float)expected[row, column]), values.ToArray());
        }
    }, iter: 400, threads: 1);

    [Fact]
    public void CoOccurrence_ThousandsOfTies_KeepsTheFirstColumns()
    {
        int[] all = [.. Enumerable.Range(0, 5000)];
        var pattern = new SparsePattern([0, 5000, 10000], [.. all, .. all.Reverse()], 5000);

        var built = CoOccurrence.Build(pattern, default, [.. all.Select(_ => 1f)], leastCount: 1, maxPerRow: 40, threads: 2);

        built.Row(4999, out var columns, out var values);
        Assert.Equal(Enumerable.Range(0, 40), columns.ToArray());
        Assert.All(values.ToArray(), value => Assert.Equal(2f, value));
    }

    [Fact]
    public void CoOccurrence_ColumnOutside_Throws() =>
        Assert.Throws<ArgumentException>(() => CoOccurrence.Build(new SparsePattern([0, 1], [3], 3), default, new float[3], 1, 5, 1));
}
