using Kindred.Contracts.Catalog;
using Kindred.Contracts.Operations;
using Kindred.Contracts.Tenants;
using Kindred.Operations.ControlPlane;
using Kindred.Operations.Explanations;
using Kindred.Operations.Intake;
using Kindred.Operations.Operating;
using Kindred.Operations.Readings;
using Kindred.Operations.Solutions;
using Kindred.Operations.Watching;
using Kindred.Serving;
using Kindred.Serving.Readings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kindred.Operations;

public static class OperationsExtensions
{
    /// <summary>
    /// The operations of the contract behind their <see cref="IOperationInvoker"/>. Needs the grains, serving, an <see cref="ITokenSeal"/>
    /// and the setting <c>Kindred:Region</c>.
    /// </summary>
    public static IServiceCollection AddKindredOperations(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<OperationOptions>().Configure<IConfiguration>((options, configuration) =>
            configuration.GetSection("Kindred").Bind(options));
        services.AddSingleton<PageTokens>();
        services.AddSingleton<ResourcePages>();
        services.AddOperations(Handlers.All);
        services.AddSingleton(provider => Handlers.CreateTable(provider.GetServices<OperationGroup>()));
        services.AddSingleton<RecipeOffers>();
        services.AddSingleton(new TenantTurns(places: 2 * Environment.ProcessorCount, mostWaiting: 1000));
        services.AddSingleton<ChangeAudit>();
        services.AddSingleton<IOperationInvoker, OperationInvoker>();
        services.AddSingleton(provider => new RecommendationExplanations(
            provider.GetRequiredService<RecommendationService>(), provider.GetRequiredService<TenantTurns>(),
            provider.GetRequiredService<IOptions<OperationOptions>>()));
        services.AddSingleton<EventWatching>();
        services.AddSingleton(provider => new TenantStandings(
            provider.GetRequiredService<IResourceCatalog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITenantStandings>(provider => provider.GetRequiredService<TenantStandings>());
        services.AddSingleton<Tenants>();
        services.AddSingleton<OperatedJobs>();
        services.AddSingleton<ClusterReadings>();
        services.AddSingleton<DataIntake>();
        services.AddSingleton<JobReadings>();
        services.AddSingleton<FileJobReadings>();
        services.AddSingleton(provider => new DataReadings(
            provider.GetRequiredService<GroupReadings>(), provider.GetRequiredService<ActionReadings>(), provider.GetRequiredService<TenantTurns>()));
        services.AddSingleton<AttributionReadings>();
        return services;
    }
}
