using System.Globalization;
using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Weights in log-probability space: score = Σ w(view)·log p(view) + popularity·log q. The weights of the views add up to 1,
/// or are all 0 for popularity alone.
/// </summary>
/// <param name="Views">A weight of at least 0 for each of <see cref="Mixture.Views"/>.</param>
/// <param name="Popularity">May be negative: the views then recommend less popular items.</param>
internal sealed record Blend(float[] Views, float Popularity)
{
    public bool UsesSequence => Views[0] > 0 || Views[1] > 0 || Views[2] > 0;
    public bool UsesNeighbours => Views[3] > 0;

    /// <summary>What serves, for people.</summary>
    public string Rung => string.Join(" + ", Names());

    /// <summary>Weight of log q in total: every view contains it.</summary>
    public float LogShareWeight => Views.Sum() + Popularity;

    public float[] ToTensor() => [.. Views, Popularity];

    public static Blend FromTensor(ReadOnlySpan<float> weights) => weights.Length == Mixture.Views.Length + 1
        ? new Blend(weights[..^1].ToArray(), weights[^1])
        : throw new ModelArtifactException(string.Create(
            CultureInfo.InvariantCulture, $"The model artifact has {weights.Length} blend weights; {Mixture.Views.Length + 1} were expected."));

    private IEnumerable<string> Names()
    {
        if (UsesSequence)
            yield return "sequence statistics";
        if (UsesNeighbours)
            yield return "item-kNN";
        yield return "popularity"; // smooths every view, and serves those without a history
    }
}
