namespace Kindred.Recipes.Ease;

/// <summary>How <see cref="EaseWeights"/> are trained.</summary>
internal sealed record EaseOptions
{
    /// <summary>
    /// λ as a multiple of the square root of the mean number of users per item, so that one value suits data of any size; above 0. The values
    /// that Steck found, 500 for ML-20M and 1000 for Netflix, are 22 and 18; ML-1M and ML-100K are best around 20 and 60.
    /// </summary>
    public double Regularization { get; init; } = 25;

    /// <summary>
    /// How much the metadata of items counts: what all attributes of an item add to the diagonal of the Gram matrix, as a multiple of the
    /// mean number of users per item. 0 = metadata is not looked at.
    /// </summary>
    public double MetadataWeight { get; init; } = 0.1;

    /// <summary>Weight of a step of the history relative to the next newer one, above 0 and up to 1; 1 = order does not matter.</summary>
    public double HistoryDecay { get; init; } = 1;

    /// <summary>
    /// Items that take part: of a larger catalogue those with the most users. Memory is 4 bytes and time some 10 ns·items per pair.
    /// </summary>
    public int MaxItems { get; init; } = 20_000;

    /// <summary>Items up to which all weights are kept, 4 bytes per pair; above that only the largest of each item, 12 million in all.</summary>
    public int MaxDenseItems { get; init; } = 4096;
}
