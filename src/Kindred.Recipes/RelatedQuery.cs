namespace Kindred.Recipes;

/// <summary>To what items are related, and how a campaign bends their order. A model that knows no such influence passes over it.</summary>
/// <param name="Item">Index into <see cref="ITrainedModel.Items"/>.</param>
public readonly record struct RelatedQuery(int Item)
{
    /// <summary>0..1; at 1 being the most popular of the training counts as much as having the same text.</summary>
    public float PopularityInfluence { get; init; }

    /// <summary>0..1, likewise for the newest of the training.</summary>
    public float FreshnessInfluence { get; init; }
}
