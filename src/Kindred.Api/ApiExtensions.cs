using Kindred.Api.Operations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Api;

/// <summary>The door: the protocol, buckets, keys and tenants over HTTP.</summary>
public static class ApiExtensions
{
    public static IServiceCollection AddKindredApi(this IServiceCollection services) =>
        services.AddSingleton(Handlers.CreateTable());

    public static IEndpointRouteBuilder MapKindredApi(this IEndpointRouteBuilder routes) => routes;
}
