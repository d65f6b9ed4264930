using Kindred.Numerics.Probability;

namespace Kindred.Recipes;

/// <summary>What a model knows of the scores it has just written, so that nobody walks over all items again to find it out.</summary>
/// <param name="LogSum">log Σ exp(score) over all items, within 1e-5·(1 + |LogSum|); null = the model did not need it.</param>
public readonly record struct ScoreSummary(float? LogSum)
{
    /// <summary>log Σ exp(score): a score less this is the logarithm of the item's share. Walks over the scores if the model did not.</summary>
    /// <param name="scores">What the model wrote, shape [items].</param>
    public float LogSumOver(ReadOnlySpan<float> scores) => LogSum ?? LogSumExp.Compute(scores);
}
