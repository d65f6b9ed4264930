using Kindred.Numerics.Linear;
using Kindred.Recipes.Als;
using Kindred.Recipes.Checkpoints;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Als;

public class AlsTests
{
    [Theory]
    [InlineData(16, 40), InlineData(64, 700), InlineData(100, 30), InlineData(150, 60)]
    public void Solve_OneUser_SolvesTheNormalEquations(int dimension, int observed)
    {
        var options = new AlsOptions { Dimension = dimension, Regularization = 0.05, UnobservedWeight = 0.3 };
        var stride = AlsTraining.StrideOf(dimension);
        var (others, columns, weights) = Problem(dimension, stride, observed);
        var expected = NormalEquations(options, stride, others, columns, weights);
        var system = new AlsSystem(options, stride);
        var gram = AlsTraining.GramOf(others, stride, options.UnobservedWeight!.Value);

        var x = new float[stride];
        // Conjugate gradients come closer with every call; the exact way is there at once.
        for (var call = 0; call < (dimension > AlsSystem.MaxExact ? 30 : 1); call++)
            system.Solve(others, gram, columns, weights, x);

        for (var i = 0; i < dimension; i++)
            Assert.Equal(expected[i], x[i], tolerance: 2e-4 * expected.Max(Math.Abs));
        Assert.All(x[dimension..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void FoldIn_UserOfTheTraining_GivesTheirTrainedFactors()
    {
        var log = PlantedShop.Create();
        var factors = AlsFactors.Train(new TrainingSet(log), new AlsOptions { Dimension = 16 }, new TrainingRun(1, 2), out var users);

        var folded = new float[factors.Stride];
        for (var user = 0; user < 50; user++)
        {
            var history = new HistoryEvent[log.InteractionsOf(user)];
            log.CopyHistory(log.UserStarts[user], history);
            factors.FoldIn(history, folded);
            for (var i = 0; i < folded.Length; i++)
                Assert.Equal(users[user * factors.Stride + i], folded[i], tolerance: 1e-4f);
        }
    }

    [Theory]
    [InlineData(16), InlineData(160)]
    public void Train_StoppedAndResumed_GivesTheSameFactors(int dimension)
    {
        using var temporary = new Temporary();
        var log = PlantedShop.Create(users: 60);
        var options = new AlsOptions { Dimension = dimension, Epochs = 4 };
        var whole = new AlsTraining(log, options, new TrainingRun(1, 2));
        whole.Run();

        using var source = new CancellationTokenSource();
        var stop = new StopAt("epoch 3 of 4", source);
        var checkpoints = new CheckpointFolder(temporary["checkpoints"]);
        Assert.ThrowsAny<OperationCanceledException>(
            () => new AlsTraining(log, options, new TrainingRun(1, 2, stop, source.Token) { Checkpoints = checkpoints }).Run());
        var stages = new Stages();
        var resumed = new AlsTraining(log, options, new TrainingRun(1, 1, stages) { Checkpoints = checkpoints });
        resumed.Run();

        Assert.DoesNotContain("epoch 1 of 4", stages.Seen);
        Assert.Equal(whole.Items, resumed.Items);
        Assert.Equal(whole.Users, resumed.Users);
    }

    [Fact]
    public void Train_EventsWithWeights_CountAsConfidence()
    {
        var builder = new InteractionLogBuilder();
        foreach (var user in Enumerable.Range(0, 40))
        {
            builder.Add($"u{user}", $"i{user % 4}", 0, "Purchase");
            builder.Add($"u{user}", $"i{(user + 1) % 4}", 1, "View");
        }
        var log = builder.Build()
            .Select(
                EventSelection.OfWeighted(
                    [new EventRule("Purchase", null) { Weight = 1 }, new EventRule("View", null) { Weight = 0.05f }]));

        var factors = AlsFactors.Train(new TrainingSet(log), new AlsOptions { Dimension = 3, UnobservedWeight = 0.3 }, new TrainingRun(1, 1));

        var scores = new float[4];
        factors.Score(
            [
                new HistoryEvent(0, log.EventTypes.ToList().IndexOf("Purchase"), 0),
                new HistoryEvent(1, log.EventTypes.ToList().IndexOf("View"), 1),
            ],
            scores);
        Assert.True(scores[0] > 2 * scores[1], $"{scores[0]} against {scores[1]}");
    }

    private static (float[] Others, int[] Columns, float[] Weights) Problem(int dimension, int stride, int observed)
    {
        const int Count = 800;
        var random = new Random(dimension);
        var others = new float[Count * stride];
        for (var row = 0; row < Count; row++)
        {
            for (var i = 0; i < dimension; i++)
                others[row * stride + i] = random.NextSingle() - 0.5f;
        }
        var columns = Enumerable.Range(0, Count).OrderBy(_ => random.Next()).Take(observed).Order().ToArray();
        return (others, columns, [.. columns.Select((_, i) => i % 3 == 0 ? 1 : random.NextSingle() + 0.1f)]);
    }

    private static double[] NormalEquations(AlsOptions options, int stride, float[] others, int[] columns, float[] weights)
    {
        var size = options.Dimension;
        var (matrix, right) = (new double[size * size], new double[size]);
        for (var row = 0; row < others.Length / stride; row++)
        {
            var place = Array.IndexOf(columns, row);
            var confidence = options.UnobservedWeight!.Value + (place < 0 ? 0 : weights[place]);
            for (var i = 0; i < size; i++)
            {
                right[i] += place < 0 ? 0 : weights[place] * (double)others[row * stride + i];
                for (var j = 0; j < size; j++)
                    matrix[i * size + j] += confidence * others[row * stride + i] * (double)others[row * stride + j];
            }
        }
        for (var i = 0; i < size; i++)
            matrix[i * size + i] += options.Regularization * (weights.Sum(weight => (double)weight) + options.UnobservedWeight!.Value * (others.Length / stride));
        return CholeskyReference.Solve(matrix, right);
    }

    private sealed class StopAt(string stage, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Stage == stage)
                source.Cancel();
        }
    }

    private sealed class Stages : IProgress<TrainingProgress>
    {
        public List<string> Seen { get; } = [];

        public void Report(TrainingProgress value) => Seen.Add(value.Stage);
    }
}
