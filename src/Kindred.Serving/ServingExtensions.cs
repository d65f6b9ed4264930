using Kindred.Contracts.Changes;
using Kindred.Serving.Attribution;
using Kindred.Serving.Batches;
using Kindred.Serving.Changes;
using Kindred.Serving.Endpoints;
using Kindred.Serving.Readings;
using Kindred.Serving.Scores;
using Kindred.Serving.Watching;
using Kindred.Storage.Quotas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kindred.Serving;

public static class ServingExtensions
{
    /// <summary>Registers the hot path: singletons, one set per silo. Needs the storage services and an <see cref="IGrainFactory"/>.</summary>
    public static IServiceCollection AddKindredServing(this IServiceCollection services, ServingOptions? options = null)
    {
        services.AddSingleton(options ?? new ServingOptions());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IChangeFeed, LocalChangeFeed>();
        services.AddSingleton<ScoreCache>();
        services.AddSingleton<ModelStore>();
        services.AddSingleton<CampaignDirectory>();
        services.AddSingleton<IEndpointSource, CampaignEndpoints>();
        services.AddSingleton<IEndpointSource, RecommenderEndpoints>();
        services.AddSingleton<EndpointDirectory>();
        services.AddSingleton<GroupDirectory>();
        services.AddSingleton<GroupShapes>();
        services.AddSingleton<TrackerDirectory>();
        services.AddSingleton<FilterDirectory>();
        services.AddSingleton<RequestTraffic>();
        services.TryAddSingleton(_ => new DataRates(DataRates.DefaultRecommendations, DataRates.DefaultPuts));
        services.AddSingleton<RecommendationService>();
        services.AddSingleton<BatchAnswers>();
        services.AddSingleton<AttributionCounter>();
        services.AddSingleton<EventWatch>();
        services.AddSingleton<EventIngestion>();
        services.AddSingleton<GroupReadings>();
        services.AddSingleton<ActionReadings>();
        return services;
    }
}
