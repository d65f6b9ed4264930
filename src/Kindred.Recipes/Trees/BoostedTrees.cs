using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Trees;

/// <summary>
/// Gradient-boosted regression trees (Ke et al., <em>LightGBM</em>, NeurIPS 2017) as flat tensors, evaluated here: nothing native and no
/// pipeline is needed to serve them. Immutable and safe for concurrent callers.
/// </summary>
/// <remarks>
/// A tree is walked from its root: to <c>left</c> when the feature is at most the threshold, else (a NaN too) to <c>right</c>. A child
/// below 0 is the leaf ~child.
/// </remarks>
internal sealed class BoostedTrees
{
    private readonly ReadOnlyMemory<int> _roots;
    private readonly ReadOnlyMemory<int> _features;
    private readonly ReadOnlyMemory<float> _thresholds;
    private readonly ReadOnlyMemory<int> _children;
    private readonly ReadOnlyMemory<double> _leaves;
    private readonly double _bias;

    /// <param name="featureCount">Features of a row.</param>
    /// <param name="bias">Added to the output.</param>
    /// <param name="roots">First node of each tree, ascending; a tree has one leaf more than nodes.</param>
    /// <param name="features">Feature that each node looks at.</param>
    /// <param name="thresholds">What each node compares with.</param>
    /// <param name="children">Left and right child of each node, shape [nodes, 2].</param>
    /// <param name="leaves">Output of each leaf.</param>
    internal BoostedTrees(
        int featureCount, double bias, ReadOnlyMemory<int> roots, ReadOnlyMemory<int> features, ReadOnlyMemory<float> thresholds,
        ReadOnlyMemory<int> children, ReadOnlyMemory<double> leaves)
    {
        (FeatureCount, _bias, _roots, _features, _thresholds, _children, _leaves) =
            (featureCount, bias, roots, features, thresholds, children, leaves);
    }

    public int FeatureCount { get; }
    public int TreeCount => _roots.Length;

    /// <summary>Trains with LightGBM. Same examples, options and seed: same trees, for any number of threads.</summary>
    /// <exception cref="ArgumentException">The examples do not fit together.</exception>
    /// <exception cref="NotSupportedException">LightGBM does not run on this machine: see <see cref="LightGbmTrainer.IsSupported"/>.</exception>
    /// <exception cref="OperationCanceledException">
    /// The run was cancelled: before LightGBM began, or while it ran, which it does to its end.
    /// </exception>
    public static BoostedTrees Train(TreeObjective objective, TreeExamples examples, TreeOptions options, TrainingRun run) =>
        LightGbmTrainer.Train(objective, examples, options, run);

    /// <summary>The first trees alone: what a training with fewer of them would have given.</summary>
    public BoostedTrees First(int trees)
    {
        if (trees >= TreeCount)
            return this;
        var nodes = _roots.Span[trees];
        return new BoostedTrees(
            FeatureCount, _bias, _roots[..trees], _features[..nodes], _thresholds[..nodes], _children[..(2 * nodes)],
            _leaves[..(nodes + trees)]);
    }

    /// <summary>The output for one row; see <see cref="TreeObjective"/> for its meaning. Always finite.</summary>
    /// <param name="features">Shape [FeatureCount].</param>
    public float Evaluate(ReadOnlySpan<float> features)
    {
        Span<float> output = stackalloc float[1];
        Evaluate(features, output);
        return output[0];
    }

    /// <summary>The output for many rows.</summary>
    /// <param name="rows">Row-major, shape [outputs.Length, FeatureCount].</param>
    /// <param name="outputs">Receives one output per row.</param>
    public void Evaluate(ReadOnlySpan<float> rows, Span<float> outputs)
    {
        if (rows.Length != outputs.Length * FeatureCount)
            throw new ArgumentException($"There are {rows.Length} features; {outputs.Length} rows of {FeatureCount} were expected.", nameof(rows));
        ReadOnlySpan<int> roots = _roots.Span, features = _features.Span, children = _children.Span;
        var thresholds = _thresholds.Span;
        var leaves = _leaves.Span;
        for (var i = 0; i < outputs.Length; i++)
        {
            var row = rows.Slice(i * FeatureCount, FeatureCount);
            var sum = _bias;
            foreach (var root in roots)
            {
                var node = root;
                while (node >= 0)
                    node = children[2 * node + (row[features[node]] <= thresholds[node] ? 0 : 1)];
                sum += leaves[~node];
            }
            outputs[i] = (float)sum;
        }
    }

    /// <summary>Adds the trees, each tensor's name beginning with <paramref name="prefix"/>.</summary>
    public void Write(ArtifactWriter writer, string prefix) => writer
        .Tensor<int>($"{prefix}.shape", new[] { FeatureCount, TreeCount }).Tensor<double>($"{prefix}.bias", new[] { _bias })
        .Tensor($"{prefix}.roots", _roots).Tensor($"{prefix}.features", _features).Tensor($"{prefix}.thresholds", _thresholds)
        .Tensor($"{prefix}.children", _children, columns: 2).Tensor($"{prefix}.leaves", _leaves);

    /// <summary>Reads what <see cref="Write"/> wrote; the trees are served from the map, under the caller's lease.</summary>
    /// <exception cref="ModelArtifactException">The trees are missing, or point outside themselves.</exception>
    public static BoostedTrees Read(ModelArtifact artifact, string prefix)
    {
        using var lease = artifact.Lease();
        if (artifact.Tensor<int>($"{prefix}.shape").Span is not [>= 1 and var featureCount, >= 0 and var treeCount]
            || artifact.Tensor<double>($"{prefix}.bias").Span is not [var bias])
            throw Broken(prefix);
        var trees = new BoostedTrees(
            featureCount, bias, artifact.Tensor<int>($"{prefix}.roots"), artifact.Tensor<int>($"{prefix}.features"),
            artifact.Tensor<float>($"{prefix}.thresholds"), artifact.Tensor<int>($"{prefix}.children"), artifact.Tensor<double>($"{prefix}.leaves"));
        return trees.TreeCount == treeCount && trees.IsSound() ? trees : throw Broken(prefix);
    }

    // A child comes after its node, so a walk ends; checked once, so that evaluating needs no checks of its own.
    private bool IsSound()
    {
        var (nodes, leaves) = (_features.Length, _leaves.Length);
        ReadOnlySpan<int> features = _features.Span, children = _children.Span;
        if (_thresholds.Length != nodes || children.Length != 2 * nodes)
            return false;
        foreach (var root in _roots.Span)
        {
            if ((uint)root >= (uint)nodes)
                return false;
        }
        for (var node = 0; node < nodes; node++)
        {
            if ((uint)features[node] >= (uint)FeatureCount)
                return false;
            for (var side = 0; side < 2; side++)
            {
                var child = children[2 * node + side];
                if (child >= nodes || ~child >= leaves || (child >= 0 && child <= node))
                    return false;
            }
        }
        return true;
    }

    private static ModelArtifactException Broken(string prefix) => new($"The trees '{prefix}' of the model artifact do not fit together.");
}
