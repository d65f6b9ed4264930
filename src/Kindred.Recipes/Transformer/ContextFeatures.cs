using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// What a context can say, as features of numbered columns: frequent values of categories, and ranges of numbers. A feature weighs n / (n + 50) when
/// n interactions have it, so that a rare one says little, and learns slowly; of several values in one cell each weighs less by the root of
/// their number.
/// </summary>
internal sealed class ContextFeatures
{
    private readonly float[] _weights;

    public ContextFeatures(IReadOnlyList<ContextFeatureColumn> columns, float[] weights) => (Columns, _weights) = (columns, weights);

    /// <summary>Their features follow each other.</summary>
    public IReadOnlyList<ContextFeatureColumn> Columns { get; }

    public int Count => _weights.Length;

    /// <summary>Weight of each feature, 0..1, shape [Count].</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>What a log's contexts say; null = nothing.</summary>
    /// <param name="log">Interactions.</param>
    /// <param name="before">Features of a model to go on from, which all stay; null = there is none.</param>
    public static ContextFeatures? Of(InteractionLog log, ContextFeatures? before = null)
    {
        var (columns, weights) = (new List<ContextFeatureColumn>(), new List<float>());
        foreach (var column in log.Contexts)
        {
            var known = before?.Columns.FirstOrDefault(other => other.Name == column.Name && other.IsNumeric == column.Cells is null);
            if (ContextCounts.Of(log, column, known) is not { } counted)
                continue;
            var fresh = counted.Column.At(weights.Count);
            columns.Add(fresh);
            for (var value = 0; value < fresh.Count; value++)
                weights.Add(Math.Max(counted.WeightOf(value), known is null ? 0 : before!.WeightIn(known, fresh, value)));
        }
        // What the log does not have this time, the model goes on knowing.
        foreach (var known in before?.Columns ?? [])
        {
            if (log.Contexts.Any(column => column.Name == known.Name))
                continue;
            columns.Add(known.At(weights.Count));
            weights.AddRange(before!._weights.AsSpan(known.First, known.Count));
        }
        return columns.Count == 0 ? null : new ContextFeatures(columns, [.. weights]);
    }

    /// <summary>Finds the features of a request's context; values that are not known say nothing.</summary>
    public void Read(EventContext context, List<ContextFeature> features)
    {
        foreach (var column in Columns)
        {
            if (context.Find(column.Name) is { } text)
                Add(column.Find(text), features);
        }
    }

    /// <summary>Adds features of one cell.</summary>
    /// <param name="found">The features.</param>
    /// <param name="features">Added to.</param>
    public void Add(ReadOnlySpan<int> found, List<ContextFeature> features)
    {
        foreach (var feature in found)
            features.Add(new ContextFeature(feature, _weights[feature] / MathF.Sqrt(found.Length)));
    }

    /// <summary>Copies what is known of features that are here as well.</summary>
    /// <param name="other">Features of another model.</param>
    /// <param name="from">Their vectors, shape [other features, width].</param>
    /// <param name="to">Vectors of these features, shape [features, width].</param>
    /// <param name="width">Floats per vector.</param>
    public void CopyFrom(ContextFeatures other, ReadOnlySpan<float> from, Span<float> to, int width)
    {
        foreach (var column in Columns)
        {
            if (other.Columns.FirstOrDefault(known => known.Name == column.Name && known.IsNumeric == column.IsNumeric) is not { } known)
                continue;
            for (var value = 0; value < column.Count; value++)
            {
                if (known.PlaceOf(column, value) is >= 0 and var place)
                    from.Slice((known.First + place) * width, width).CopyTo(to[((column.First + value) * width)..]);
            }
        }
    }

    public void Write(ArtifactWriter writer, string prefix)
    {
        writer.Fact($"{prefix}columns", string.Join(' ', Columns.Select(column => (column.IsNumeric ? "n" : "c") + column.Count)))
            .Strings($"{prefix}names", Columns.Select(column => column.Name))
            .Strings($"{prefix}values", Columns.SelectMany(column => column.Values))
            .Tensor<float>($"{prefix}limits", Columns.SelectMany(column => column.Limits).ToArray())
            .Tensor<float>($"{prefix}weights", _weights);
    }

    /// <returns>Null when the artifact knows of no context.</returns>
    /// <exception cref="ModelArtifactException">It does not fit together.</exception>
    public static ContextFeatures? TryRead(ModelArtifact artifact, string prefix)
    {
        if (!artifact.Metadata.TryGetValue($"{prefix}columns", out var shapes))
            return null;
        using var lease = artifact.Lease();
        var (names, values) = (artifact.Strings($"{prefix}names"), artifact.Strings($"{prefix}values"));
        var (limits, weights) = (artifact.Tensor<float>($"{prefix}limits").ToArray(), artifact.Tensor<float>($"{prefix}weights").ToArray());
        try
        {
            var (columns, first, value, limit) = (new List<ContextFeatureColumn>(), 0, 0, 0);
            foreach (var (name, shape) in names.Zip(shapes.Split(' '), (name, shape) => (name, shape)))
            {
                var count = int.Parse(shape.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
                columns.Add(shape[0] == 'n'
                    ? new ContextFeatureColumn(name, first, [], limits[limit..(limit += count - 1)])
                    : new ContextFeatureColumn(name, first, values[value..(value += count)], []));
                first += count;
            }
            return first == weights.Length ? new ContextFeatures(columns, weights) : throw new FormatException();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new ModelArtifactException("What the model artifact knows about contexts does not fit together.", e);
        }
    }

    private float WeightIn(ContextFeatureColumn known, ContextFeatureColumn fresh, int value) =>
        known.PlaceOf(fresh, value) is >= 0 and var place ? _weights[known.First + place] : 0;
}
