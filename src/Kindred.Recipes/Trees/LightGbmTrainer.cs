using System.Runtime.InteropServices;
using Kindred.Recipes.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Kindred.Recipes.Trees;

/// <summary>Trains boosted trees with LightGBM, by way of Microsoft.ML, and takes them out of it as flat tensors.</summary>
internal static class LightGbmTrainer
{
    /// <summary>Whether the native library loads here: it exists for x64 only, and on Linux needs libgomp.</summary>
    public static bool IsSupported { get; } = NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmBinaryTrainer).Assembly, null, out _);

    public static BoostedTrees Train(TreeObjective objective, TreeExamples examples, TreeOptions options, TrainingRun run)
    {
        examples.ThrowIfInvalid(objective);
        run.CancellationToken.ThrowIfCancellationRequested();
        if (!IsSupported)
            throw new NotSupportedException(
                "The native library of LightGBM does not load on this machine; on Linux it needs an x64 processor and libgomp.");
        var context = new MLContext(run.Seed);
        var trees = Flatten(Fit(context, objective, examples, options, run), examples.FeatureCount);
        // Nothing stops LightGBM once it runs (a context of Microsoft.ML that is cancelled from outside does not reliably hear it), which
        // for the few hundred trees that recipes train is a matter of seconds.
        run.CancellationToken.ThrowIfCancellationRequested();
        return trees;
    }

    private static RegressionTreeEnsemble Fit(MLContext context, TreeObjective objective, TreeExamples examples, TreeOptions options, TrainingRun run)
    {
        switch (objective)
        {
            case TreeObjective.Regression:
                var regression = new LightGbmRegressionTrainer.Options();
                Apply(regression, examples, options, run);
                return context.Regression.Trainers.LightGbm(regression).Fit(Rows(context, examples)).Model.TrainedTreeEnsemble;
            case TreeObjective.Binary:
                var binary = new LightGbmBinaryTrainer.Options { Sigmoid = 1 };
                Apply(binary, examples, options, run);
                return context.BinaryClassification.Trainers.LightGbm(binary).Fit(Rows(context, examples)).Model.SubModel.TrainedTreeEnsemble;
            default:
                var ranking = new LightGbmRankingTrainer.Options { RowGroupColumnName = nameof(Example.Group) };
                Apply(ranking, examples, options, run);
                return context.Ranking.Trainers.LightGbm(ranking).Fit(Rows(context, examples)).Model.TrainedTreeEnsemble;
        }
    }

    private static void Apply<TOptions, TOutput, TTransformer, TModel>(
        LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase target, TreeExamples examples, TreeOptions options, TrainingRun run)
        where TOptions : LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        target.FeatureColumnName = nameof(Example.Features);
        target.LabelColumnName = target is LightGbmBinaryTrainer.Options ? nameof(Example.IsPositive) : nameof(Example.Label);
        target.ExampleWeightColumnName = examples.Weights.IsEmpty ? null : nameof(Example.Weight);
        target.NumberOfIterations = options.Trees;
        target.NumberOfLeaves = options.Leaves;
        target.MinimumExampleCountPerLeaf = options.MinRowsPerLeaf;
        target.LearningRate = options.LearningRate;
        target.UseCategoricalSplit = false;
        // Evaluating then needs no rule for what is missing; the examples have none.
        target.HandleMissingValue = false;
        target.Booster = new GradientBooster.Options
        {
            L2Regularization = options.Regularization,
            FeatureFraction = options.FeatureFraction,
            SubsampleFraction = options.RowFraction,
            SubsampleFrequency = options.RowFraction < 1 ? 1 : 0,
        };
        target.Seed = run.Seed;
        target.NumberOfThreads = run.Threads;
        // Histograms by column sum the rows in their order whatever the threads; by row, the sums would be split among them.
        target.Deterministic = true;
        target.ForceColumnWise = true;
    }

    private static IDataView Rows(MLContext context, TreeExamples examples)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, examples.FeatureCount);
        schema[nameof(Example.Group)].ColumnType = new KeyDataViewType(typeof(uint), (ulong)examples.RowCount + 1);
        return context.Data.LoadFromEnumerable(Enumerate(examples), schema);
    }

    private static IEnumerable<Example> Enumerate(TreeExamples examples)
    {
        var group = 0;
        for (var row = 0; row < examples.RowCount; row++)
        {
            while (!examples.GroupStarts.IsEmpty && row >= examples.GroupStarts.Span[group + 1])
                group++;
            yield return new Example
            {
                Features = examples.Row(row).ToArray(),
                Label = examples.Labels.Span[row],
                IsPositive = examples.Labels.Span[row] > 0,
                Weight = examples.Weights.IsEmpty ? 1 : examples.Weights.Span[row],
                Group = (uint)group + 1,
            };
        }
    }

    private static BoostedTrees Flatten(RegressionTreeEnsemble ensemble, int featureCount)
    {
        var (roots, features, thresholds, children, leaves) =
            (new List<int>(), new List<int>(), new List<float>(), new List<int>(), new List<double>());
        for (var t = 0; t < ensemble.Trees.Count; t++)
        {
            var (tree, weight) = (ensemble.Trees[t], ensemble.TreeWeights[t]);
            if (tree.NumberOfNodes == 0)
                continue; // LightGBM found nothing to split by; Microsoft.ML gives such a tree no output
            var (node, leaf) = (features.Count, leaves.Count);
            roots.Add(node);
            features.AddRange(tree.NumericalSplitFeatureIndexes);
            thresholds.AddRange(tree.NumericalSplitThresholds);
            for (var i = 0; i < tree.NumberOfNodes; i++)
            {
                children.Add(tree.LeftChild[i] >= 0 ? node + tree.LeftChild[i] : ~(leaf + ~tree.LeftChild[i]));
                children.Add(tree.RightChild[i] >= 0 ? node + tree.RightChild[i] : ~(leaf + ~tree.RightChild[i]));
            }
            foreach (var output in tree.LeafValues)
                leaves.Add(output * weight);
        }
        return new BoostedTrees(
            featureCount, ensemble.Bias, roots.ToArray(), features.ToArray(), thresholds.ToArray(), children.ToArray(), leaves.ToArray());
    }

    /// <summary>A row as Microsoft.ML reads it.</summary>
    private sealed class Example
    {
        public float[] Features { get; init; } = [];
        public float Label { get; init; }
        public bool IsPositive { get; init; }
        public float Weight { get; init; }
        public uint Group { get; init; }
    }
}
