using Kindred.Api.Attribution;
using Kindred.Api.Audit;
using Kindred.Api.Authentication;
using Kindred.Api.Browsers;
using Kindred.Api.Buckets;
using Kindred.Api.Jobs;
using Kindred.Api.Limits;
using Kindred.Api.Protocol;
using Kindred.Api.Proxies;
using Kindred.Api.Tenancy;
using Kindred.Api.Usage;
using Kindred.Contracts.Access;
using Kindred.Operations;
using Kindred.Storage.Quotas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kindred.Api;

/// <summary>The door: the protocol, buckets, keys and tenants over HTTP.</summary>
public static class ApiExtensions
{
    /// <summary>The operations too. Needs the object store, the grains, serving, and data protection with keys that outlive the process.</summary>
    public static IServiceCollection AddKindredApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddKindredOperations();
        services.AddDataProtection();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ITokenSeal, TokenSeal>();
        services.AddSingleton<AccessKeySecrets>();
        services.AddSingleton<IAccessKeyStore, GrainAccessKeyStore>();
        services.AddSingleton<ITenantStore, GrainTenantStore>();
        services.AddSingleton<AccessKeyUse>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessKeyUse>());
        services.AddSingleton<AccessKeyCache>();
        services.AddSingleton<IAccessKeys, AccessKeys>();
        services.AddSingleton<OriginDirectory>();
        services.AddHostedService<KeyChangeListener>();
        services.AddSingleton(provider => new AccessKeyIssuer(
            provider.GetRequiredService<IAccessKeyStore>(),
            provider.GetRequiredService<AccessKeySecrets>(),
            provider.GetRequiredService<AccessKeyCache>(),
            provider.GetRequiredService<OriginDirectory>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ProxyOptions>();
        services.AddSingleton<ClientAddresses>();
        services.TryAddSingleton<DoorLimits>();
        services.AddSingleton<FailedAuthentications>();
        services.AddSingleton<ConnectionCounts>();
        services.AddSingleton<BodyMemory>();
        services.AddSingleton<RequestRates>();
        services.AddSingleton(provider =>
        {
            var limits = provider.GetRequiredService<DoorLimits>();
            return new DataRates(limits.RecommendationsPerSecondPerEndpoint, limits.PutsPerSecondPerTarget);
        });
        services.AddSingleton<RequestAuthenticator>();
        services.AddSingleton<RequestGuard>();
        services.AddSingleton<ProtocolEndpoint>();
        services.AddSingleton<BucketEndpoints>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<TenantEndpoints>();
        services.AddSingleton<AuditEndpoints>();
        services.AddSingleton<AttributionEndpoints>();
        services.AddSingleton<UsageEndpoints>();
        services.AddSingleton<JobEndpoints>();
        services.AddSingleton<ImportJobEndpoints>();
        return services;
    }

    /// <summary>Maps every endpoint of the door, and an error for every path that nobody else takes.</summary>
    public static IEndpointRouteBuilder MapKindredApi(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var services = routes.ServiceProvider;
        var guard = services.GetRequiredService<RequestGuard>();
        var api = routes.MapGroup("").WithMetadata(ForApi.Instance);
        api.MapProtocol(guard, services.GetRequiredService<ProtocolEndpoint>(), services.GetRequiredService<OriginDirectory>());
        services.GetRequiredService<BucketEndpoints>().Map(api, guard);
        services.GetRequiredService<KeyEndpoints>().Map(api, guard);
        services.GetRequiredService<TenantEndpoints>().Map(api, guard);
        services.GetRequiredService<AuditEndpoints>().Map(api, guard);
        services.GetRequiredService<AttributionEndpoints>().Map(api, guard);
        services.GetRequiredService<UsageEndpoints>().Map(api, guard);
        services.GetRequiredService<JobEndpoints>().Map(api, guard);
        services.GetRequiredService<ImportJobEndpoints>().Map(api, guard);
        routes.MapUnknown(guard);
        return routes;
    }

    /// <summary>Whether a request has been routed to an endpoint of the API, which looks at keys and tokens and never at cookies.</summary>
    public static bool IsForApi(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.GetEndpoint()?.Metadata.GetMetadata<ForApi>() is not null;
    }
}
