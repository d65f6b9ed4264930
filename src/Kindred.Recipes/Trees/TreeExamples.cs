namespace Kindred.Recipes.Trees;

/// <summary>What boosted trees learn from.</summary>
/// <param name="Features">Row-major, shape [rows, <paramref name="FeatureCount"/>]; finite. What is missing needs a number of its own.</param>
/// <param name="FeatureCount">Number of features, at least 1.</param>
/// <param name="Labels">One label per row; finite. See <see cref="TreeObjective"/>.</param>
internal sealed record TreeExamples(ReadOnlyMemory<float> Features, int FeatureCount, ReadOnlyMemory<float> Labels)
{
    /// <summary>How much each row counts, shape [rows]; empty = 1 each.</summary>
    public ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>Where each group begins, and the number of rows at the end, shape [groups + 1]; for <see cref="TreeObjective.LambdaRank"/>.</summary>
    public ReadOnlyMemory<int> GroupStarts { get; init; }

    public int RowCount => Labels.Length;

    public ReadOnlySpan<float> Row(int row) => Features.Span.Slice(row * FeatureCount, FeatureCount);

    /// <exception cref="ArgumentException">The shapes do not agree, or a number is not finite.</exception>
    public void ThrowIfInvalid(TreeObjective objective)
    {
        if (FeatureCount < 1 || RowCount < 1 || Features.Length != (long)RowCount * FeatureCount)
            throw new ArgumentException($"There are {Features.Length} features; {RowCount} rows of {FeatureCount} were expected.");
        if (Weights.Length != 0 && Weights.Length != RowCount)
            throw new ArgumentException($"There are {Weights.Length} weights for {RowCount} rows.");
        if (!AreFinite(Features.Span) || !AreFinite(Labels.Span) || !AreFinite(Weights.Span))
            throw new ArgumentException("A feature, label or weight is not finite.");
        if (objective is TreeObjective.LambdaRank)
            ThrowIfNotGrouped();
        if (objective is TreeObjective.Binary && Labels.Span.ContainsAnyExcept(0f, 1f))
            throw new ArgumentException("A label is neither 0 nor 1.");
    }

    private void ThrowIfNotGrouped()
    {
        var starts = GroupStarts.Span;
        if (starts.Length < 2 || starts[0] != 0 || starts[^1] != RowCount)
            throw new ArgumentException($"The groups do not cover the {RowCount} rows.");
        for (var group = 1; group < starts.Length; group++)
        {
            if (starts[group] <= starts[group - 1])
                throw new ArgumentException($"Group {group - 1} has no rows.");
        }
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
