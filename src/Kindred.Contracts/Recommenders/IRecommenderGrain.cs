using Orleans.Concurrency;

namespace Kindred.Contracts.Recommenders;

/// <summary>A recommender as the hot path sees it. Key: its ARN.</summary>
[Alias("Kindred.IRecommenderGrain")]
public interface IRecommenderGrain : IGrainWithStringKey
{
    /// <returns>What to serve, or null while the recommender does not exist or is not ACTIVE.</returns>
    [ReadOnly, Alias("GetServingAsync")]
    Task<RecommenderServing?> GetServingAsync(CancellationToken cancellationToken);
}
