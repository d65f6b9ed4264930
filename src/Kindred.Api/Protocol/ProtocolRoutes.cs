using Kindred.Api.Browsers;
using Kindred.Contracts.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Api.Protocol;

/// <summary>The doors of the contract: one for the control plane, one a path for the rest.</summary>
internal static class ProtocolRoutes
{
    public static void MapProtocol(this IEndpointRouteBuilder routes, RequestGuard guard, ProtocolEndpoint endpoint, OriginDirectory origins)
    {
        routes.MapPost("/", guard.Around(endpoint.ServeByTargetAsync)).WithMetadata(new AnswerContentType(AnswerContentType.AwsJson));
        foreach (var operation in ContractOperations.All)
        {
            if (operation.Service == ContractService.Control) continue;
            routes.MapMethods(operation.Path, [operation.Method], guard.Around(http => endpoint.ServeAsync(http, operation)))
                .WithMetadata(new AnswerContentType(AnswerContentType.Json));
        }
        // What pages use: events and recommendations. Browsers ask before they send what is signed.
        foreach (var path in ContractOperations.All.Where(operation => operation.Service != ContractService.Control).GroupBy(o => o.Path))
        {
            var methods = string.Join(", ", path.Select(operation => operation.Method).Distinct());
            routes.MapMethods(path.Key, [HttpMethods.Options], guard.Around(CrossOrigin.Preflight(origins, methods)));
        }
    }

    /// <summary>Whatever no other endpoint takes, from the portal's pages to health, is no operation.</summary>
    public static void MapUnknown(this IEndpointRouteBuilder routes, RequestGuard guard)
    {
        var unknown = routes.Map("/{**path}", guard.Around(http => throw new ApiException(ApiError.UnknownOperation,
            $"There is no operation {http.Request.Method} {Shown(http.Request.Path)}.")));
        unknown.Add(builder => ((RouteEndpointBuilder)builder).Order = int.MaxValue);
    }

    private static string Shown(PathString path) => path.Value is { Length: > 100 } longer ? $"{longer.AsSpan(0, 100)}..." : path.Value ?? "/";
}
