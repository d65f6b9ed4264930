using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Training;
using Kindred.Recipes.Trees;

namespace Kindred.Recipes.Actions;

/// <summary>Trees and the scale that makes probabilities of their output; without trees each action's own rate.</summary>
/// <param name="Trees">Null where the rates were as good on held-out episodes, or nothing could be learned.</param>
/// <param name="Scale">Fitted on held-out episodes.</param>
internal sealed record Propensity(BoostedTrees? Trees, PlattScale Scale)
{
    private const double CalibrationShare = 0.2;
    private const int LeastExamples = 200;
    private static readonly int[] TreeCounts = [10, 20, 40, 80, 160, 320];

    private static readonly TreeOptions Options = new()
    {
        Trees = 320, Leaves = 15, MinRowsPerLeaf = 30, LearningRate = 0.05, FeatureFraction = 0.8, RowFraction = 0.8, Regularization = 5,
    };

    public static Propensity RatesOnly { get; } = new(null, new PlattScale(1, 0));

    /// <summary>
    /// Trains on the oldest 80 % of the first <paramref name="count"/> examples; the newest 20 % choose the number of trees and calibrate.
    /// </summary>
    public static Propensity Train(ActionExamples examples, int count, int actionCount, TrainingRun run)
    {
        var from = count - (int)(CalibrationShare * count);
        if (count < LeastExamples || !LightGbmTrainer.IsSupported)
            return RatesOnly;
        var (seen, held) = (examples.Rows(0, from), examples.Rows(from, count));
        if (!HasBoth(seen.Labels.Span) || !HasBoth(held.Labels.Span))
            return RatesOnly;
        var all = BoostedTrees.Train(TreeObjective.Binary, seen, Options, run);
        var outputs = new float[held.RowCount];
        var best = RatesOnly;
        var least = LossOfRates(examples, from, count, actionCount);
        foreach (var trees in TreeCounts.Select(all.First).DistinctBy(trees => trees.TreeCount))
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            trees.Evaluate(held.Features.Span, outputs);
            var scale = PlattScale.Fit(outputs, held.Labels.Span);
            var loss = outputs.Select((output, i) => Loss(scale.Apply(output), held.Labels.Span[i])).Sum();
            if (loss < least)
                (best, least) = (new Propensity(trees, scale), loss);
        }
        return best;
    }

    /// <summary>Probability of one user and action.</summary>
    /// <param name="features">Shape of <see cref="ActionFeatures.Count"/>.</param>
    /// <param name="rate">The action's own rate.</param>
    public double Of(ReadOnlySpan<float> features, double rate) => Trees is null ? rate : Scale.Apply(Trees.Evaluate(features));

    public void Write(ArtifactWriter writer)
    {
        writer.Tensor<double>("propensity.scale", new[] { Trees is null ? 0 : 1, Scale.Slope, Scale.Offset });
        Trees?.Write(writer, "propensity.trees");
    }

    public static Propensity Read(ModelArtifact artifact)
    {
        using var lease = artifact.Lease();
        return artifact.Tensor<double>("propensity.scale").Span is [var hasTrees, var slope, var offset]
            ? new Propensity(hasTrees == 0 ? null : BoostedTrees.Read(artifact, "propensity.trees"), new PlattScale(slope, offset))
            : throw new ModelArtifactException("The model artifact has no scale of its propensities.");
    }

    private static double LossOfRates(ActionExamples examples, int from, int count, int actionCount)
    {
        var counts = examples.CountsUntil(from, actionCount);
        var rates = Enumerable.Range(0, actionCount).Select(counts.RateOf).ToArray();
        return Enumerable.Range(from, count - from).Sum(i => Loss(rates[examples.ActionOf(i)], examples.LabelOf(i)));
    }

    private static double Loss(double probability, float label) => -Math.Log(Math.Max(1e-12, label > 0 ? probability : 1 - probability));

    private static bool HasBoth(ReadOnlySpan<float> labels) => labels.Contains(0f) && labels.Contains(1f);
}
