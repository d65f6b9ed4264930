using Kindred.Numerics.Linear;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Ease;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Ease;

public class EaseWeightsTests
{
    private static readonly TrainingRun Run = new(1, 2);

    [Fact]
    public void Train_PlantedShop_IsTheClosedForm()
    {
        var log = PlantedShop.Create(users: 100);
        var expected = ClosedForm(log, new EaseOptions().Regularization);

        var weights = EaseWeights.Train(new TrainingSet(log), new EaseOptions(), Run);

        var scores = new float[log.ItemIds.Count];
        for (var item = 0; item < scores.Length; item++)
        {
            weights.Score([new HistoryEvent(item, -1, 0)], scores);
            for (var other = 0; other < scores.Length; other++)
                Assert.Equal(expected[item, other], scores[other], tolerance: 1e-4);
        }
    }

    [Fact]
    public void Score_SparseOrDense_IsTheSame()
    {
        var data = new TrainingSet(PlantedShop.Create(users: 100));
        var dense = EaseWeights.Train(data, new EaseOptions(), Run).WithDecay(0.9);
        var sparse = EaseWeights.Train(data, new EaseOptions { HistoryDecay = 0.9, MaxDenseItems = 0 }, Run);
        HistoryEvent[] history = [new(5, -1, 0), new(9, 0, 1), new(5, 1, 2), new(70, -1, 3)];

        var (expected, actual) = (new float[dense.ItemCount], new float[dense.ItemCount]);
        dense.Score(history, expected);
        sparse.Score(history, actual);

        for (var item = 0; item < expected.Length; item++)
            Assert.Equal(expected[item], actual[item], tolerance: 1e-5f);
    }

    [Theory]
    [InlineData(4096), InlineData(0)]
    public void Read_Written_ScoresBitEqual(int maxDense)
    {
        using var temporary = new Temporary();
        var weights = EaseWeights.Train(
            new TrainingSet(PlantedShop.Create(users: 60)), new EaseOptions { MaxDenseItems = maxDense, MaxItems = 50 }, Run);
        var writer = new ArtifactWriter("ease");
        weights.Write(writer, "w");
        using (var file = File.Create(temporary["ease"]))
            writer.Save(file);

        using var artifact = ModelArtifact.Open(temporary["ease"]);
        var read = EaseWeights.Read(artifact, "w", weights.ItemCount);

        var (expected, actual) = (new float[weights.ItemCount], new float[weights.ItemCount]);
        for (var item = 0; item < weights.ItemCount; item += 7)
        {
            weights.Score([new HistoryEvent(item, -1, 0)], expected);
            read.Score([new HistoryEvent(item, -1, 0)], actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Train_MoreItemsThanAllowed_KeepsThoseWithTheMostUsers()
    {
        var log = PlantedShop.Create();

        var weights = EaseWeights.Train(new TrainingSet(log), new EaseOptions { MaxItems = 30 }, Run);

        var scores = new float[log.ItemIds.Count];
        weights.Score([.. Enumerable.Range(0, scores.Length).Select(item => new HistoryEvent(item, -1, 0))], scores);
        Assert.Equal(30, scores.Count(score => score != 0));
        Assert.True(log.ItemIds.TryFind(PlantedShop.Hit, out var hit));
        Assert.NotEqual(0, scores[hit]);
    }

    [Fact]
    public void Train_ItemWithoutUsers_IsRelatedByItsAttributes()
    {
        var log = new InteractionLogBuilder();
        foreach (var user in Enumerable.Range(0, 50))
        {
            log.Add($"u{user}", $"comedy{user % 5}", 0);
            log.Add($"u{user}", $"comedy{(user + 1) % 5}", 1);
            log.Add($"v{user}", $"horror{user % 5}", 0);
            log.Add($"v{user}", $"horror{(user + 1) % 5}", 1);
        }
        var items = new AttributeTableBuilder([new AttributeColumn("GENRE", AttributeKind.Category)]);
        foreach (var genre in new[] { "comedy", "horror" })
        {
            for (var i = 0; i < 6; i++)
                items.Add($"{genre}{i}", [genre]); // the sixth of each has no users
        }
        var data = TrainingSets.Join(log, items, null);
        var weights = EaseWeights.Train(data, new EaseOptions(), Run);

        var scores = new float[weights.ItemCount];
        weights.Score([new HistoryEvent(Code("comedy0"), -1, 0), new HistoryEvent(Code("comedy3"), -1, 0)], scores);

        Assert.True(scores[Code("comedy5")] > 0.01 && scores[Code("comedy5")] > 5 * Math.Abs(scores[Code("horror5")]));

        int Code(string id) => data.Interactions.ItemIds.TryFind(id, out var code) ? code : throw new ArgumentException(id);
    }

    private static double[,] ClosedForm(InteractionLog log, double regularization)
    {
        var size = log.ItemIds.Count;
        var gram = new double[size * size];
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var items = log.Items[log.UserStarts[user]..log.UserStarts[user + 1]].ToArray().Distinct().ToArray();
            foreach (var i in items)
            {
                foreach (var j in items)
                    gram[i * size + j]++;
            }
        }
        var trace = Enumerable.Range(0, size).Sum(i => gram[i * size + i]);
        for (var i = 0; i < size; i++)
            gram[i * size + i] += regularization * Math.Sqrt(trace / size);
        var inverse = CholeskyReference.Invert(gram, size);
        var weights = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                weights[i, j] = i == j ? 0 : -inverse[i * size + j] / inverse[j * size + j];
        }
        return weights;
    }
}
