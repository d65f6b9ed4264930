using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;
using Kindred.Recipes.Transformer;

namespace Kindred.Recipes.Tests.Transformer;

public class SequenceTransformerTests
{
    private static readonly TransformerOptions Small = new()
    {
        HiddenDimension = 32,
        MaxLength = 20,
        Epochs = 6,
        BatchTokens = 512,
        ValidationUsers = 20,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(ItemTable.SparseFrom)] // only the rows that a step touches move
    public void Train_ItemsInACircle_PredictsTheNextOne(int itemsThatNobodyMet)
    {
        const int Items = 30;
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < 120; user++)
        {
            for (var step = 0; step < 15; step++)
                builder.Add($"u{user}", $"i{(user + step) % Items}", step);
        }
        for (var item = 0; item < itemsThatNobodyMet; item++)
            builder.InternItem($"new{item}");
        var log = builder.Build();

        var model = SequenceTransformer.Train(
            new TrainingSet(log), Small with { Epochs = 60, LearningRate = 0.003, Dropout = 0.1 }, new TrainingRun(1, 2));

        var scores = new float[log.ItemIds.Count];
        for (var item = 0; item < Items; item++)
        {
            model.Score([Event(log, item, 1), Event(log, (item + 1) % Items, 2)], scores);
            Assert.Equal($"i{(item + 2) % Items}", log.ItemIds[Array.IndexOf(scores, scores.Max())]);
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 60)] // only the interruption itself leaves a checkpoint
    public void Train_InterruptedTwice_EndsWithTheSameBytes(bool hasContexts, int checkpointMinutes)
    {
        using var temporary = new Temporary();
        var data = hasContexts
            ? new TrainingSet(DayParts.Create(200, ["DAYPART", "HOUR"]))
            : new TrainingSet(PlantedShop.Create()) { Items = Aisles(PlantedShop.Create()) };
        var options = Small with { CheckpointInterval = TimeSpan.FromMinutes(checkpointMinutes) };
        var expected = Bytes(SequenceTransformer.Train(data, options, new TrainingRun(3, 2)));

        foreach (var stop in new[] { 0.3, 0.7 })
        {
            using var source = new CancellationTokenSource();
            var progress = new Interruption(stop, source);
            var run = new TrainingRun(3, 1, progress, source.Token) { Checkpoints = new CheckpointFolder(temporary["checkpoints"]) };
            Assert.ThrowsAny<OperationCanceledException>(() => SequenceTransformer.Train(data, options, run));
        }
        var first = 1.0;
        var last = new TrainingRun(
            3,
            2,
            new Listener(fraction => first = Math.Min(first, fraction))) { Checkpoints = new CheckpointFolder(temporary["checkpoints"]) };
        var resumed = SequenceTransformer.Train(data, options, last);

        Assert.True(first >= 0.7, $"It began anew: {first:P0} was reported.");
        Assert.Equal(expected, Bytes(resumed));
    }

    [Fact]
    public void Train_ItemsInACircle_ReportsHowItGetsBetterThanPopularity()
    {
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < 300; user++)
        {
            for (var step = 0; step < 10; step++)
                builder.Add($"u{user}", $"i{(user + step) % 40}", step);
        }
        var points = new Points();

        SequenceTransformer.Train(
            new TrainingSet(builder.Build()), Small with { Epochs = 30, LearningRate = 0.003 }, new TrainingRun(1, 2, points));

        Assert.Equal(points.Heard.Select(point => point.Epoch).Order().Distinct(), points.Heard.Select(point => point.Epoch));
        Assert.All(points.Heard, point => Assert.InRange(point.Epoch, 1, point.Epochs));
        var last = points.Heard[^1];
        Assert.Equal(last.Epochs, last.Epoch); // there are fewer passes once no more is gained
        Assert.InRange(last.PopularityNdcg, 0, 0.3); // everything is equally popular
        Assert.True(last.Ndcg > 0.6, $"{last.Ndcg}");
    }

    [Fact]
    public void Train_OtherData_DoesNotGoOnFromTheCheckpoint()
    {
        using var temporary = new Temporary();
        var run = new TrainingRun(3, 2) { Checkpoints = new CheckpointFolder(temporary["checkpoints"]) };
        SequenceTransformer.Train(new TrainingSet(PlantedShop.Create(seed: 1)), Small, run);
        var data = new TrainingSet(PlantedShop.Create(seed: 2));

        var model = SequenceTransformer.Train(data, Small, run);

        Assert.Equal(Bytes(SequenceTransformer.Train(data, Small, new TrainingRun(3, 2))), Bytes(model));
    }

    [Fact]
    public void Score_ColdItem_StandsWhereItsMetadataSays()
    {
        // One item of each aisle is taken out of the interactions; its aisle is all that is known about it.
        var shop = PlantedShop.Create();
        var isCold = Enumerable.Range(0, shop.ItemIds.Count).Select(item => shop.ItemIds[item].EndsWith("-7", StringComparison.Ordinal)).ToArray();
        var log = shop.Where([.. shop.Items.ToArray().Select(item => !isCold[item])]);

        var model = SequenceTransformer.Train(new TrainingSet(log) { Items = Aisles(log) }, Small with { Epochs = 40 }, new TrainingRun(1, 2));

        var scores = new float[log.ItemIds.Count];
        var found = 0;
        for (var aisle = 0; aisle < PlantedShop.Aisles; aisle++)
        {
            Assert.True(log.ItemIds.TryFind(PlantedShop.Item(aisle, 3), out var third));
            Assert.True(log.ItemIds.TryFind(PlantedShop.Item(aisle, 4), out var fourth));
            model.Score([Event(log, third, 1), Event(log, fourth, 2)], scores);
            var best = Enumerable.Range(0, scores.Length).Where(item => isCold[item]).MaxBy(item => scores[item]);
            found += PlantedShop.AisleOf(log.ItemIds[best]) == aisle ? 1 : 0;
        }
        Assert.True(found >= 10, $"The cold item of the user's aisle is the best cold one for {found} of {PlantedShop.Aisles} aisles.");
    }

    [Fact]
    public void Train_FromAModel_BeginsWhereItStands()
    {
        var (data, run) = (new TrainingSet(PlantedShop.Create()), new TrainingRun(1, 2));
        var start = SequenceTransformer.Train(data, Small with { Epochs = 40 }, run);
        var (anew, updated) = (new Losses(), new Losses());

        SequenceTransformer.Train(data, Small with { Epochs = 10 }, run with { Progress = anew });
        SequenceTransformer.Train(data, Small with { Epochs = 10 }, run with { Progress = updated }, start);

        Assert.True(updated.First < anew.First - 1, $"The loss after the first epoch is {updated.First}; anew it is {anew.First}.");
    }

    [Fact]
    public void Remapped_OtherOrder_ScoresTheSame()
    {
        var log = PlantedShop.Create();
        var model = SequenceTransformer.Train(new TrainingSet(log), Small, new TrainingRun(1, 2));
        var count = log.ItemIds.Count;
        int[] from = [-1, .. Enumerable.Range(0, count).Reverse()];

        var remapped = model.Remapped(from, [-1, 1, 0], new float[count + 1]);

        var (expected, actual) = (new float[count], new float[count + 1]);
        model.Score([new(3, 0, 10), new(5, 1, 20)], expected);
        remapped.Score([new(count - 3, 2, 10), new(count - 5, 1, 20)], actual);
        Assert.Equal(0, actual[0]);
        Assert.Equal(expected, actual[1..].Reverse().ToArray());
    }

    [Fact]
    public void Score_HistoryLongerThanTheModelLooks_OnlyTheNewestCount()
    {
        var log = PlantedShop.Create();
        var model = SequenceTransformer.Train(new TrainingSet(log), Small, new TrainingRun(1, 2));
        var history = Enumerable.Range(0, 500).Select(i => new HistoryEvent(i * 7 % log.ItemIds.Count, -1, 60 * i)).ToArray();
        var (all, newest) = (new float[log.ItemIds.Count], new float[log.ItemIds.Count]);

        model.Score(history, all);
        model.Score(history.AsSpan()[^21..], newest); // one more than it looks at, for the time before the oldest

        Assert.Equal(all, newest);
    }

    private static AttributeTable Aisles(InteractionLog log)
    {
        int[] codes = [.. Enumerable.Range(0, log.ItemIds.Count).Select(item => PlantedShop.AisleOf(log.ItemIds[item]) + 1)];
        return new AttributeTable(
            codes.Length,
            [new CategoryColumn("AISLE", [.. Enumerable.Range(0, PlantedShop.Aisles + 1).Select(aisle => $"aisle {aisle}")], [.. Enumerable.Range(0, codes.Length + 1)], codes)],
            [new NumberColumn("PRICE", [.. codes.Select((code, item) => item % 5 == 0 ? float.NaN : code)])],
            [new TextColumn("NAME", [.. codes.Select((code, item) => item % 3 == 0 ? null : $"Thing of aisle {code}")])]);
    }

    private static HistoryEvent Event(InteractionLog log, int item, long time) =>
        new(item, -1, time) { EventType = log.EventTypes.Count > 0 ? 0 : -1 };

    private static byte[] Bytes(SequenceTransformer model)
    {
        using var stream = new MemoryStream();
        var writer = new ArtifactWriter("test");
        model.Write(writer, "t.");
        writer.Save(stream);
        return stream.ToArray();
    }

    private sealed class Interruption(double at, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Fraction >= at)
                source.Cancel();
        }
    }

    private sealed class Listener(Action<double> heard) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => heard(value.Fraction);
    }

    private sealed class Points : IProgress<TrainingProgress>
    {
        public List<TrainingPoint> Heard { get; } = [];

        public void Report(TrainingProgress value)
        {
            if (value.Point is { } point)
                Heard.Add(point);
        }
    }

    private sealed class Losses : IProgress<TrainingProgress>
    {
        public double First { get; private set; } = double.NaN;

        public void Report(TrainingProgress value)
        {
            if (double.IsNaN(First) && value.Stage.IndexOf("loss ", StringComparison.Ordinal) is >= 0 and var at)
                First = double.Parse(value.Stage[(at + 5)..].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
