namespace Kindred.Recipes;

/// <summary>A model of related items whose ranking a campaign may bend towards popular or new items.</summary>
public interface IInfluencedModel : ITrainedModel
{
    /// <summary><see cref="ITrainedModel.TryScoreRelated"/>, with a bonus. Popularity and freshness are those of the training.</summary>
    /// <param name="item">Index into <see cref="ITrainedModel.Items"/>.</param>
    /// <param name="popularityInfluence">0..1; at 1 being the most popular counts as much as having the same text.</param>
    /// <param name="freshnessInfluence">0..1, likewise for the newest.</param>
    /// <param name="scores">Shape [Items.Count]; undefined when the answer is <see langword="false"/>.</param>
    bool TryScoreRelated(int item, float popularityInfluence, float freshnessInfluence, Span<float> scores);
}
