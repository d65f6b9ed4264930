using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;
using Kindred.Recipes.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Kindred.Recipes.Tests.Trees;

public class BoostedTreesTests
{
    private const int Features = 6;
    private static readonly TrainingRun Run = new(1, 2);

    [Fact]
    public void Evaluate_TreesOfLightGbm_EqualsItsOwnOutput()
    {
        var examples = Examples(2000, TreeObjective.Regression);
        var options = new TreeOptions { Trees = 40 };
        var trees = BoostedTrees.Train(TreeObjective.Regression, examples, options, Run);

        var expected = OutputOfLightGbm(examples, options);

        for (var row = 0; row < examples.RowCount; row++)
            Assert.Equal(expected[row], trees.Evaluate(examples.Row(row)));
    }

    [Theory]
    [InlineData(nameof(TreeObjective.Regression))]
    [InlineData(nameof(TreeObjective.Binary))]
    [InlineData(nameof(TreeObjective.LambdaRank))]
    public void Train_PlantedRule_IsLearned(string name)
    {
        var objective = Enum.Parse<TreeObjective>(name);
        var (seen, fresh) = (Examples(4000, objective, seed: 1), Examples(1000, objective, seed: 2));

        var trees = BoostedTrees.Train(objective, seen, new TreeOptions { Trees = 60 }, Run);

        var outputs = new float[fresh.RowCount];
        trees.Evaluate(fresh.Features.Span, outputs);
        // A pair of rows of one group with different labels is in order when the outputs are; chance is 0.5.
        var (inOrder, pairs) = (0, 0);
        for (var i = 0; i + 1 < fresh.RowCount; i += 2)
        {
            var difference = fresh.Labels.Span[i] - fresh.Labels.Span[i + 1];
            if (difference == 0)
                continue;
            pairs++;
            inOrder += Math.Sign(outputs[i] - outputs[i + 1]) == Math.Sign(difference) ? 1 : 0;
        }
        Assert.True(inOrder > 0.9 * pairs, $"{inOrder} of {pairs} pairs are in order.");
    }

    [Fact]
    public void Train_Binary_OutputIsTheLogOdds()
    {
        var random = new Random(5);
        var features = new float[20_000];
        var labels = new float[20_000];
        for (var i = 0; i < labels.Length; i++)
        {
            features[i] = random.Next(2);
            labels[i] = random.NextDouble() < (features[i] > 0 ? 0.8 : 0.1) ? 1 : 0;
        }

        var trees = BoostedTrees.Train(TreeObjective.Binary, new TreeExamples(features, 1, labels), new TreeOptions(), Run);

        Assert.Equal(Math.Log(0.8 / 0.2), trees.Evaluate([1f]), 0.1);
        Assert.Equal(Math.Log(0.1 / 0.9), trees.Evaluate([0f]), 0.1);
    }

    [Fact]
    public void Train_AnyThreads_GivesTheSameTrees()
    {
        var examples = Examples(4000, TreeObjective.LambdaRank);
        var options = new TreeOptions { Trees = 20, FeatureFraction = 0.7, RowFraction = 0.8 };

        var one = BoostedTrees.Train(TreeObjective.LambdaRank, examples, options, new TrainingRun(3, 1));
        var three = BoostedTrees.Train(TreeObjective.LambdaRank, examples, options, new TrainingRun(3, 3));

        Assert.Equal(Bytes(one), Bytes(three));
    }

    [Fact]
    public void First_FewerTrees_IsWhatTrainingFewerGives()
    {
        var examples = Examples(2000, TreeObjective.Binary);

        var many = BoostedTrees.Train(TreeObjective.Binary, examples, new TreeOptions { Trees = 30 }, Run).First(10);
        var few = BoostedTrees.Train(TreeObjective.Binary, examples, new TreeOptions { Trees = 10 }, Run);

        Assert.Equal(10, many.TreeCount);
        for (var row = 0; row < 100; row++)
            Assert.Equal(few.Evaluate(examples.Row(row)), many.Evaluate(examples.Row(row)));
    }

    [Fact]
    public void Read_Written_EvaluatesEqual()
    {
        using var temporary = new Temporary();
        var examples = Examples(2000, TreeObjective.Regression);
        var trees = BoostedTrees.Train(TreeObjective.Regression, examples, new TreeOptions { Trees = 15 }, Run);
        File.WriteAllBytes(temporary["trees"], Bytes(trees));

        using var artifact = ModelArtifact.Open(temporary["trees"]);
        var read = BoostedTrees.Read(artifact, "trees");

        using var lease = artifact.Lease();
        for (var row = 0; row < 100; row++)
            Assert.Equal(trees.Evaluate(examples.Row(row)), read.Evaluate(examples.Row(row)));
    }

    [Fact]
    public void Read_ChildBeforeItsNode_IsRefused()
    {
        using var temporary = new Temporary();
        var endless = new BoostedTrees(1, 0, new[] { 0 }, new[] { 0 }, new[] { 0f }, new[] { 0, ~0 }, new[] { 1.0 });
        File.WriteAllBytes(temporary["trees"], Bytes(endless));

        using var artifact = ModelArtifact.Open(temporary["trees"]);

        Assert.Throws<ModelArtifactException>(() => BoostedTrees.Read(artifact, "trees"));
    }

    [Fact]
    public void Train_NothingToSplit_GivesTheMean()
    {
        var examples = new TreeExamples(new float[100], 1, Enumerable.Repeat(3f, 100).ToArray());

        var trees = BoostedTrees.Train(TreeObjective.Regression, examples, new TreeOptions { Trees = 5 }, Run);

        Assert.Equal(3f, trees.Evaluate([0f]), 0.001f);
    }

    [Fact]
    public void Train_CancelledMeanwhile_GivesNoTrees()
    {
        using var source = new CancellationTokenSource();
        var examples = Examples(2_000, TreeObjective.Regression);
        var canceller = new Thread(source.Cancel);
        canceller.Start();

        Assert.ThrowsAny<OperationCanceledException>(() => BoostedTrees.Train(
            TreeObjective.Regression, examples, new TreeOptions { Trees = 200 }, new TrainingRun(1, 2, null, source.Token)));
        canceller.Join();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Train_FeatureNotFinite_IsRefused(float feature) => Assert.Throws<ArgumentException>(
        () => BoostedTrees.Train(TreeObjective.Regression, new TreeExamples(new[] { 1f, feature }, 1, new float[2]), new TreeOptions(), Run));

    private static float[] OutputOfLightGbm(TreeExamples examples, TreeOptions options)
    {
        var context = new MLContext(Run.Seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, examples.FeatureCount);
        var rows = context.Data.LoadFromEnumerable(
            Enumerable.Range(0, examples.RowCount)
                .Select(row => new Row { Features = examples.Row(row).ToArray(), Label = examples.Labels.Span[row] }),
            schema);
        var trainer = context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            NumberOfIterations = options.Trees, NumberOfLeaves = options.Leaves, MinimumExampleCountPerLeaf = options.MinRowsPerLeaf,
            LearningRate = options.LearningRate, HandleMissingValue = false, Seed = Run.Seed, UseCategoricalSplit = false,
            Booster = new GradientBooster.Options { L2Regularization = options.Regularization },
        });
        return [.. trainer.Fit(rows).Transform(rows).GetColumn<float>("Score")];
    }

    /// <summary>Rows in groups of two; the label follows features 0 and 1, the others are noise.</summary>
    private static TreeExamples Examples(int rows, TreeObjective objective, int seed = 1)
    {
        var random = new Random(seed);
        var features = new float[rows * Features];
        var labels = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var x = features.AsSpan(row * Features, Features);
            foreach (ref var value in x)
                value = random.NextSingle();
            var truth = x[0] > 0.5 ? 2 * x[1] : -x[1];
            labels[row] = objective switch
            {
                TreeObjective.Regression => truth,
                TreeObjective.Binary => truth > 0.3 ? 1 : 0,
                _ => truth > 1 ? 2 : truth > 0 ? 1 : 0,
            };
        }
        return new TreeExamples(features, Features, labels) { GroupStarts = Enumerable.Range(0, rows / 2 + 1).Select(group => 2 * group).ToArray() };
    }

    private static byte[] Bytes(BoostedTrees trees)
    {
        var writer = new ArtifactWriter("trees");
        trees.Write(writer, "trees");
        using var stream = new MemoryStream();
        writer.Save(stream);
        return stream.ToArray();
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];
        public float Label { get; init; }
    }
}
