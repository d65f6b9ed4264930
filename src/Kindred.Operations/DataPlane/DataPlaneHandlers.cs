using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Usage;
using Kindred.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.DataPlane;

/// <summary>Recommendations and records: the operations that applications call all day. What was answered counts as used.</summary>
internal static class DataPlaneHandlers
{
    public static void Add(OperationTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.Handle<GetRecommendationsRequest, GetRecommendationsResponse>("GetRecommendations", static async (request, context) =>
        {
            var answer = await Recommendations(context).RecommendAsync(request, context.Caller, context.CancellationToken);
            Count(context, UsageMeasure.Recommendations, request.CampaignArn ?? request.RecommenderArn ?? "");
            return answer;
        });
        table.Handle<GetPersonalizedRankingRequest, GetPersonalizedRankingResponse>("GetPersonalizedRanking", static async (request, context) =>
        {
            var answer = await Recommendations(context).RankAsync(request, context.Caller, context.CancellationToken);
            Count(context, UsageMeasure.Rankings, request.CampaignArn);
            return answer;
        });
        table.Handle<GetActionRecommendationsRequest, GetActionRecommendationsResponse>(
            "GetActionRecommendations", static async (request, context) =>
            {
                var answer = await Recommendations(context).RecommendActionsAsync(request, context.Caller, context.CancellationToken);
                Count(context, UsageMeasure.ActionRecommendations, request.CampaignArn ?? "");
                return answer;
            });
        table.Handle<PutEventsRequest>("PutEvents", static async (request, context) =>
        {
            await Ingestion(context).PutEventsAsync(request, context.Caller, context.CancellationToken);
            Count(context, UsageMeasure.Events, request.TrackingId, request.EventList.Count);
        });
        table.Handle<PutItemsRequest>("PutItems", static async (request, context) =>
        {
            await Ingestion(context).PutItemsAsync(request, context.Caller, context.CancellationToken);
            Count(context, UsageMeasure.Items, request.DatasetArn, request.Items.Count);
        });
        table.Handle<PutUsersRequest>("PutUsers", static async (request, context) =>
        {
            await Ingestion(context).PutUsersAsync(request, context.Caller, context.CancellationToken);
            Count(context, UsageMeasure.Users, request.DatasetArn, request.Users.Count);
        });
        table.Handle<PutActionsRequest>("PutActions", static async (request, context) =>
        {
            await Ingestion(context).PutActionsAsync(request, context.Caller, context.CancellationToken);
            Count(context, UsageMeasure.Actions, request.DatasetArn, request.Actions.Count);
        });
        table.Handle<PutActionInteractionsRequest>("PutActionInteractions", static async (request, context) =>
        {
            await Ingestion(context).PutActionInteractionsAsync(request, context.Caller, context.CancellationToken);
            Count(context, UsageMeasure.ActionInteractions, request.TrackingId, request.ActionInteractions.Count);
        });
    }

    private static RecommendationService Recommendations(OperationContext context) => context.Services.GetRequiredService<RecommendationService>();

    private static EventIngestion Ingestion(OperationContext context) => context.Services.GetRequiredService<EventIngestion>();

    private static void Count(OperationContext context, UsageMeasure measure, string subject, long count = 1) =>
        context.Services.GetRequiredService<IUsageMeter>().Count(context.Caller.Account, measure, subject, count);
}
