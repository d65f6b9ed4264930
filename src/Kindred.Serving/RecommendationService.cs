using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol.Runtime;

namespace Kindred.Serving;

/// <summary>Answers GetRecommendations and GetPersonalizedRanking.</summary>
public sealed class RecommendationService
{
    public ValueTask<GetRecommendationsResponse> RecommendAsync(GetRecommendationsRequest request, Caller caller, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<GetPersonalizedRankingResponse> RankAsync(GetPersonalizedRankingRequest request, Caller caller, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
