using System.Runtime.Intrinsics;
using Kindred.Numerics.Sparse;

namespace Kindred.Numerics.Tests;

/// <summary>Sums of sparse rows, in each of the ways they are kept.</summary>
public class SumsTests
{
    [Theory, InlineData(1), InlineData(63), InlineData(64), InlineData(1000)]
    public void BlockSums_OfferedTwice_GiveTheLargestOfEachRow(int columns)
    {
        var (sums, largest, random) = (new BlockSums(columns), new LargestEntries(20), new Random(columns));
        float[] factors = [.. Enumerable.Range(0, columns).Select(_ => 0.5f + random.NextSingle())];
        for (var round = 0; round < 2; round++) // the second finds nothing of the first
        {
            var expected = new float[columns];
            for (var row = 0; row < 30; row++)
            {
                int[] targets = [.. Enumerable.Range(0, columns).Where(_ => random.Next(round == 0 ? 200 : 10) == 0)]; // fewer than blocks, and more
                if (row % 2 == 0)
                    sums.Add(targets, 1f / (1 + row));
                else
                    Array.ForEach(targets, target => sums.Add(target, 1f / (1 + row)));
                foreach (var target in targets)
                    expected[target] += 1f / (1 + row);
            }

            sums.OfferTo(largest, factors);

            var (items, values) = (new int[20], new float[20]);
            var kept = largest.Take(ref items, ref values, 0);
            var order = Enumerable.Range(0, columns).Where(c => expected[c] > 0).OrderByDescending(c => expected[c] * factors[c]).ThenBy(c => c).Take(20);
            Assert.Equal(order, items[..kept]);
            Assert.Equal(items[..kept].Select(c => expected[c] * factors[c]), values[..kept]);
        }
    }

    [Theory, InlineData(-1), InlineData(100)]
    public void BlockSums_ColumnThatIsNotThere_IsRefusedAndNothingAdded(int column)
    {
        var (sums, largest) = (new BlockSums(100), new LargestEntries(20));

        Assert.Throws<ArgumentOutOfRangeException>(() => sums.Add([3, column], 1));

        sums.OfferTo(largest, new float[100]);
        var (items, values) = (new int[20], new float[20]);
        Assert.Equal(0, largest.Take(ref items, ref values, 0));
    }

    [Fact]
    public void LaneSums_FourWeightings_HaveTheBitsOfFourAccumulators()
    {
        const int Columns = 500;
        var random = new Random(1);
        var lanes = new LaneSums(Columns);
        RowAccumulator[] alone = [new(Columns), new(Columns), new(Columns), new(Columns)];
        for (var round = 0; round < 2; round++)
        {
            for (var row = 0; row < 40; row++)
            {
                int[] targets = [.. Enumerable.Range(0, Columns).Where(_ => random.Next(20) == 0)];
                var (values, scales) = (Every.Floats(random, targets.Length), Every.Floats(random, 4));
                lanes.AddScaled(targets, values, Vector128.Create(scales));
                for (var lane = 0; lane < 4; lane++)
                    alone[lane].AddScaled(targets, values, scales[lane]);
            }

            var totals = new double[4];
            lanes.Sum(totals);

            Assert.Equal(alone[0].Touched, lanes.Touched);
            for (var lane = 0; lane < 4; lane++)
            {
                Assert.Equal(alone[lane].Sum(), totals[lane]);
                foreach (var column in lanes.Touched)
                    Assert.Equal(alone[lane][column], lanes[column][lane]);
                alone[lane].Clear();
            }
            lanes.Clear();
            Assert.True(lanes.Touched.IsEmpty);
        }
    }
}
