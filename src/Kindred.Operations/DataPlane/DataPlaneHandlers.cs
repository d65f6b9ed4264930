using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.DataPlane;

/// <summary>Recommendations and records: the operations that applications call all day.</summary>
internal static class DataPlaneHandlers
{
    public static void Add(OperationTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.Handle<GetRecommendationsRequest, GetRecommendationsResponse>("GetRecommendations", static (request, context) =>
            context.Services.GetRequiredService<RecommendationService>()
                .RecommendAsync(request, context.Caller, context.CancellationToken).AsTask());
        table.Handle<GetPersonalizedRankingRequest, GetPersonalizedRankingResponse>("GetPersonalizedRanking", static (request, context) =>
            context.Services.GetRequiredService<RecommendationService>()
                .RankAsync(request, context.Caller, context.CancellationToken).AsTask());
        table.Handle<PutEventsRequest>("PutEvents", static (request, context) =>
            context.Services.GetRequiredService<EventIngestion>().PutEventsAsync(request, context.Caller, context.CancellationToken));
        table.Handle<PutItemsRequest>("PutItems", static (request, context) =>
            context.Services.GetRequiredService<EventIngestion>().PutItemsAsync(request, context.Caller, context.CancellationToken));
        table.Handle<PutUsersRequest>("PutUsers", static (request, context) =>
            context.Services.GetRequiredService<EventIngestion>().PutUsersAsync(request, context.Caller, context.CancellationToken));
    }
}
