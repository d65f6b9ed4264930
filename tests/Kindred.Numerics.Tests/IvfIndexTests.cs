using Kindred.Numerics.Ranking;

namespace Kindred.Numerics.Tests;

public class IvfIndexTests
{
    private const int Items = 6000;
    private const int Dimensions = 12;
    private static readonly (float[] Rows, float[] Queries) Data = Clusters();
    private static readonly IvfIndex Index = IvfIndex.Build(Data.Rows, Dimensions, new IvfOptions(Lists: 60, Probes: 12), seed: 1, threads: 2);

    [Fact]
    public void Select_EveryListProbed_IsExact()
    {
        var exact = SingleBlocks.Pack(Data.Rows, Dimensions);
        var excluded = new ulong[(Items + 63) / 64];
        for (var item = 0; item < Items; item += 3)
            excluded[item / 64] |= 1UL << (item % 64);
        for (var q = 0; q < 20; q++)
        {
            var (expected, expectedScores, actual, actualScores) = (new int[30], new float[30], new int[30], new float[30]);
            exact.Select(Query(q), excluded, expected, expectedScores);

            var found = Index.Select(Query(q), excluded, actual, actualScores, probes: Index.ListCount);

            Assert.Equal(30, found);
            Assert.Equal(expected, actual);
            Assert.Equal(expectedScores, actualScores);
        }
    }

    [Fact]
    public void Select_AFifthOfTheLists_FindsNearlyAll()
    {
        var exact = SingleBlocks.Pack(Data.Rows, Dimensions);
        var shared = 0;
        for (var q = 0; q < 20; q++)
        {
            var (expected, actual) = (new int[10], new int[10]);
            exact.Select(Query(q), [], expected);
            Index.Select(Query(q), [], actual);
            shared += expected.Intersect(actual).Count();
        }

        Assert.True(shared >= 180, $"{shared} of 200 were found.");
    }

    [Fact]
    public void Train_AnyThreads_GivesTheSameCentres() =>
        Assert.Equal(KMeans.Train(Data.Rows, Dimensions, 20, 3, 7, threads: 1), KMeans.Train(Data.Rows, Dimensions, 20, 3, 7, threads: 3));

    [Fact]
    public void Assign_AnyRows_AgreesWithDistances()
    {
        var centres = Data.Rows[..(20 * Dimensions)];
        var assigned = new int[300];

        KMeans.Assign(Data.Rows.AsMemory(0, 300 * Dimensions), Dimensions, centres, assigned, threads: 2);

        for (var row = 0; row < 300; row++)
        {
            double Distance(int c) =>
                Enumerable.Range(0, Dimensions)
                    .Sum(d => Math.Pow(Data.Rows[row * Dimensions + d] - (double)centres[c * Dimensions + d], 2));
            Assert.Equal(Enumerable.Range(0, 20).Min(Distance), Distance(assigned[row]), tolerance: 1e-3);
        }
    }

    [Theory, InlineData(1), InlineData(5)]
    public void Build_FewItems_FindsThem(int items)
    {
        var index = IvfIndex.Build(Data.Rows.AsMemory(0, items * Dimensions), Dimensions, new IvfOptions(), 1, 1);

        Assert.Equal(items, index.Select(Query(0), [], new int[9]));
    }

    private static float[] Query(int q) => Data.Queries[(q * Dimensions)..((q + 1) * Dimensions)];

    private static (float[] Rows, float[] Queries) Clusters()
    {
        var random = new Random(3);
        float[] centres = Lengths.Values(40 * Dimensions);
        float[] Near(int count) => [.. Enumerable.Range(0, count).SelectMany(_ =>
        {
            var centre = random.Next(40);
            return Enumerable.Range(0, Dimensions).Select(d => centres[centre * Dimensions + d] + random.NextSingle() - 0.5f);
        })];
        return (Near(Items), Near(20));
    }
}
