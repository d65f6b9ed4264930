using Kindred.Numerics.Ranking;

namespace Kindred.Numerics.Tests;

public class ItemBlocksTests
{
    private static readonly int[] ItemCounts = [1, 31, 32, 33, 64, 150];

    public static TheoryData<string> Storages => ["single", "bfloat16", "int8"];

    // Products and sums of small whole numbers are exact in every storage, so places and scores must agree, ties included.
    [Theory, MemberData(nameof(Storages))]
    public void Select_EveryDimensionAndLength_AgreesWithReference(string storage) =>
        Assert.All(Enumerable.Range(1, 37).Append(64).Append(129), dimensions =>
    {
        foreach (var itemCount in ItemCounts)
        {
            var (rows, query) = (WholeNumbers(dimensions, itemCount * dimensions), WholeNumbers(itemCount, dimensions));
            var excluded = Bitmap(itemCount, item => item % 3 == 1 || item / 32 == 1);
            var blocks = Pack(storage, rows, dimensions);
            float[] all = [.. InnerProductReference.Scores(rows, query).Select(score => (float)score)];
            foreach (var count in new[] { 0, 1, 10, itemCount, itemCount + 5 })
            {
                var (best, scores) = (new int[count], new float[count]);

                var found = blocks.Select(query, excluded, best, scores);

                var expected = TopKReference.Select(all, item => (excluded[item / 64] >> (item % 64) & 1) != 0, count);
                Assert.Equal(expected, best[..found]);
                Assert.Equal(expected.Select(item => all[item]), scores[..found]);
            }
        }
    });

    [Theory, MemberData(nameof(Storages))]
    public void SelectBatch_RandomQueries_EqualsOneAfterTheOther(string storage)
    {
        const int Items = 3000, Dimensions = 24, Queries = 7, Most = 15;
        var (rows, queries) = (Lengths.Values(Items * Dimensions), Lengths.Values(Queries * Dimensions));
        queries[3 * Dimensions] = float.NaN;
        var blocks = Pack(storage, rows, Dimensions);
        var excluded = Bitmap(Items, item => item % 5 == 0);
        var (best, scores, counts) = (new int[Queries * Most], new float[Queries * Most], new int[Queries]);

        blocks.SelectBatch(queries, excluded, Most, best, scores, counts);

        for (var q = 0; q < Queries; q++)
        {
            var (alone, aloneScores) = (new int[Most], new float[Most]);
            Assert.Equal(blocks.Select(queries.AsSpan(q * Dimensions, Dimensions), excluded, alone, aloneScores), counts[q]);
            Assert.Equal(alone[..counts[q]], best[(q * Most)..(q * Most + counts[q])]);
            Assert.Equal(aloneScores[..counts[q]], scores[(q * Most)..(q * Most + counts[q])]);
        }
        Assert.Equal(0, counts[3]);
    }

    // Scored again by the rows, what is found has exactly the scores of the scan in single precision.
    [Theory, InlineData("bfloat16", 0.999), InlineData("int8", 0.99)]
    public void Select_ScoredAgain_FindsNearlyAllOfTheBest(string storage, double least)
    {
        const int Items = 10_000, Dimensions = 64, Most = 100;
        var random = new Random(5);
        float[] rows = [.. Enumerable.Range(0, Items * Dimensions).Select(_ => Normal(random))];
        var (exact, rounded) = (SingleBlocks.Pack(rows, Dimensions), Pack(storage, rows, Dimensions));
        var shared = 0;
        for (var q = 0; q < 10; q++)
        {
            float[] query = [.. Enumerable.Range(0, Dimensions).Select(_ => Normal(random))];
            var (expected, scores, actual, actualScores) = (new int[Most], new float[Most], new int[Most], new float[Most]);
            exact.Select(query, [], expected, scores);
            rounded.Select(query, [], actual, actualScores);
            shared += expected.Intersect(actual).Count();
            foreach (var item in expected.Intersect(actual))
                Assert.Equal(scores[Array.IndexOf(expected, item)], actualScores[Array.IndexOf(actual, item)]);
        }
        Assert.True(shared >= least * 10 * Most, $"{shared} of {10 * Most} were found.");
    }

    [Theory, MemberData(nameof(Storages))]
    public void Select_NaNAnywhere_IsNeverSelected(string storage)
    {
        var rows = WholeNumbers(1, 100 * 8);
        rows[40 * 8 + 3] = float.NaN;
        var best = new int[100];

        var found = Pack(storage, rows, 8).Select([1, 2, 3, 4, 5, 6, 7, 8], [], best);

        Assert.Equal(Enumerable.Range(0, 100).Where(item => item != 40), best[..found].Order());
        Assert.Equal(0, Pack(storage, rows, 8).Select([1, 2, float.NaN, 4, 5, 6, 7, 8], [], best));
        Assert.Equal(0, Pack(storage, rows, 8).Select([1, 2, float.PositiveInfinity, 4, 5, 6, 7, 8], [], best));
    }

    [Fact]
    public void Select_ShapesDiffer_Throws()
    {
        var blocks = SingleBlocks.Pack(new float[40 * 4], 4);

        Assert.Throws<ArgumentException>(() => blocks.Select(new float[5], [], new int[1]));
        Assert.Throws<ArgumentException>(() => blocks.Select(new float[4], [], new int[3], new float[2]));
        Assert.Throws<ArgumentException>(() => SingleBlocks.Pack(new float[65 * 4], 4).Select(new float[4], new ulong[1], new int[1]));
        Assert.Throws<ArgumentException>(() => new Int8Blocks(new byte[128], new float[32], 33, 4));
    }

    [
        Theory, InlineData(1f), InlineData(-3.1415927f), InlineData(1e-40f), InlineData(float.MaxValue),
        InlineData(float.NegativeInfinity), InlineData(0f),
    ]
    public void Round_AnyFloat_IsTheNearestUpperHalf(float value)
    {
        var rounded = BitConverter.UInt32BitsToSingle(BFloat16Blocks.Round(value) << 16);

        if (float.IsFinite(value) && float.IsFinite(rounded))
            Assert.Equal(value, rounded, tolerance: Math.Max(1e-40, Math.Abs(value) / 256));
        else
            Assert.True(float.IsInfinity(rounded));
        Assert.True(float.IsNaN(BitConverter.UInt32BitsToSingle(BFloat16Blocks.Round(float.NaN) << 16)));
    }

    internal static ItemBlocks Pack(string storage, float[] rows, int dimensions) => storage switch
    {
        "single" => SingleBlocks.Pack(rows, dimensions),
        "bfloat16" => BFloat16Blocks.Pack(rows, dimensions, keepsRows: true),
        _ => Int8Blocks.Pack(rows, dimensions, keepsRows: true),
    };

    private static float[] WholeNumbers(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)random.Next(-9, 10))];
    }

    private static ulong[] Bitmap(int length, Func<int, bool> isSet)
    {
        var bitmap = new ulong[(length + 63) / 64];
        for (var i = 0; i < length; i++)
            bitmap[i / 64] |= isSet(i) ? 1UL << (i % 64) : 0;
        return bitmap;
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
