using Kindred.Files;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Content;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Evaluation.Protocols;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Content;

public class ContentVectorsTests(ITestOutputHelper output)
{
    private static readonly TrainingSet Shop = PlantedShop.WithItems(PlantedShop.Create(), hasNewItems: true);

    [Fact]
    public void Score_ItemsThatNobodyMet_ThatOfTheUsersAisleComesFirst()
    {
        var vectors = ContentVectors.Train(Shop, new ContentOptions(), new TrainingRun(1, 2));
        var ids = Shop.Interactions.ItemIds;
        var scores = new float[vectors.ItemCount];

        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            vectors.Score([Event(ids, PlantedShop.Item(aisle, 2)), Event(ids, PlantedShop.Item(aisle, 3))], scores);
            var newItems = Enumerable.Range(0, PlantedShop.Aisles).OrderByDescending(other => scores[Event(ids, PlantedShop.NewItem(other)).Item]);
            Assert.Equal(aisle, newItems.First());
        }
    }

    [Fact]
    public void Train_AnyThreads_GivesTheSameBytes_AndReadsBackEqual()
    {
        using var temporary = new Temporary();
        byte[] Bytes(int threads)
        {
            using var stream = new MemoryStream();
            var writer = new ArtifactWriter("test");
            ContentVectors.Train(Shop, new ContentOptions(), new TrainingRun(1, threads)).Write(writer, "content");
            writer.Save(stream);
            return stream.ToArray();
        }

        var (one, three) = (Bytes(1), Bytes(3));
        File.WriteAllBytes(temporary["content.kindred"], one);
        using var artifact = ModelArtifact.Open(temporary["content.kindred"]);
        using var lease = artifact.Lease();
        var (expected, actual) = (new float[Shop.Interactions.ItemIds.Count], new float[Shop.Interactions.ItemIds.Count]);
        HistoryEvent[] history =
        [
            Event(Shop.Interactions.ItemIds, PlantedShop.Item(1, 1)),
            new(-1, -1, 0),
            Event(Shop.Interactions.ItemIds, PlantedShop.NewItem(2)),
        ];
        ContentVectors.Train(Shop, new ContentOptions(), new TrainingRun(1)).Score(history, expected);
        ContentVectors.Read(artifact, "content").Score(history, actual);

        Assert.Equal(one, three);
        Assert.Equal(expected, actual);
        Assert.All(actual, score => Assert.True(float.IsFinite(score)));
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Train_HardlyAnyInteractions_ComparesMetadata(int interactions)
    {
        var builder = new InteractionLogBuilder();
        for (var i = 0; i < interactions; i++)
            builder.Add("u", PlantedShop.Item(0, 0), i);
        var items = new AttributeTableBuilder(
            [new("AISLE", AttributeKind.Category), new("EMPTY", AttributeKind.Text), new("NONE", AttributeKind.Number)]);
        for (var i = 0; i < 12; i++)
            items.Add($"i{i}", [$"{i % 3}", null, "NaN"]);
        var data = TrainingSets.Join(builder, items, users: null);

        var vectors = ContentVectors.Train(data, new ContentOptions(), new TrainingRun(1));
        var scores = new float[vectors.ItemCount];
        vectors.Score([Event(data.Interactions.ItemIds, "i4")], scores);

        var best = Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Take(4).Select(item => data.Interactions.ItemIds[item]);
        Assert.Equal(["i1", "i10", "i4", "i7"], best.Order(StringComparer.Ordinal));
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
    }

    [Theory, InlineData("ml-1m", 0.28), InlineData("ml-100k", 0.35), InlineData("retail-demo-store", 0.17)]
    public void Score_ColdItemsOfPublicData_BeatsRandomByFar(string name, double expected)
    {
        if (MetadataSets.Find(name) is not { } data)
        {
            output.WriteLine($"{name} is not at hand; the planted shop stands in for it in the first test.");
            return;
        }
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var plan = new ColdItemsProtocol().Plan(data.Interactions, seed: 1, maxCases: 2000);
        var vectors = ContentVectors.Train(data.With(plan.Training), new ContentOptions(), new TrainingRun(1, 2));
        var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;

        var slice = plan.Slices.Single(slice => slice.Name == "cold items");
        var (content, random) = (Ndcg20(plan, slice, vectors.Score), Ndcg20(plan, slice, Noise));

        output.WriteLine($"{name}: NDCG@20 among cold items {content:F4}, random {random:F4}, {content / random:F1} times; {seconds:F1} s");
        Assert.True(content >= 3 * random && content >= expected, $"NDCG@20 is {content:F4}, random {random:F4}.");
    }

    private static double Ndcg20(EvaluationPlan plan, TestSlice slice, ScoreItems score)
    {
        var (scores, sum) = (new float[plan.Inputs.ItemIds.Count], 0.0);
        foreach (var test in slice.Cases)
        {
            var history = new HistoryEvent[test.InputEnd - test.InputStart];
            plan.Inputs.CopyHistory(test.InputStart, history);
            score(history, scores);
            var ranked = Enumerable.Range(0, scores.Length).Where(item => slice.Candidates.Span[item])
                .OrderByDescending(item => scores[item]).Take(20).ToArray();
            var (gain, ideal) = (0.0, 0.0);
            for (var rank = 0; rank < 20; rank++)
            {
                gain += rank < ranked.Length && test.Truth.Contains(ranked[rank]) ? 1 / Math.Log2(2 + rank) : 0;
                ideal += rank < test.Truth.Length ? 1 / Math.Log2(2 + rank) : 0;
            }
            sum += gain / ideal;
        }
        return sum / slice.Cases.Count;
    }

    private static void Noise(ReadOnlySpan<HistoryEvent> history, Span<float> scores)
    {
        var random = new Random(history.Length);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = random.NextSingle();
    }

    private static HistoryEvent Event(IdTable ids, string item) => new(ids.TryFind(item, out var code) ? code : -1, -1, 0);

    private delegate void ScoreItems(ReadOnlySpan<HistoryEvent> history, Span<float> scores);
}
