using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Tenancy;

/// <summary>A tenant's own keys. Needs the scope <c>keys</c>; a key gives no more than it has.</summary>
internal sealed partial class KeyEndpoints(
    RequestAuthenticator authenticator, AccessKeyIssuer issuer, AccessKeyCache cache, IAccessKeyStore store, ILogger<KeyEndpoints> logger)
{
    public void Map(IEndpointRouteBuilder routes, RequestGuard guard)
    {
        routes.MapPost("/v1/keys", guard.Around(IssueAsync));
        routes.MapGet("/v1/keys", guard.Around(ListAsync));
        routes.MapDelete("/v1/keys/{id}", guard.Around(RevokeAsync));
    }

    public static KeyDescription Describe(IssuedAccessKey key) =>
        new(key.Id, key.Secret, key.Account, ScopeNames.List(key.Scopes), key.CreatedAt, key.ExpiresAt, key.AllowedOrigins);

    private async Task IssueAsync(HttpContext http)
    {
        var (principal, request) = await TenancyRequest.ReadAsync(
            http, authenticator, AccessScopes.Keys, "keys:Create", TenancyJson.Default.NewKey);
        using var entered = CallerContext.Enter(principal);
        var scopes = ParseScopes(request.Scopes);
        if ((scopes & ~principal.Scopes) is not AccessScopes.None and var excess)
        {
            throw new ApiException(ApiError.AccessDenied,
                $"The access key '{principal.ActorId}' cannot give the scopes it lacks itself: "
                + $"{string.Join(", ", ScopeNames.List(excess))}.");
        }

        // A key that ends gives no more than its own time, said or not.
        var until = request.ExpiresAt ?? principal.Rights.Until;
        if (!principal.Rights.Outlasts(until))
        {
            throw new ApiException(ApiError.AccessDenied,
                $"The access key '{principal.ActorId}' ends at {principal.Rights.Until:O}; it cannot make one that lasts longer.");
        }

        var issued = await issuer.IssueAsync(principal.Account, scopes, until, request.AllowedOrigins);
        LogMade(principal.AuditName, issued.Id, principal.Account, string.Join(' ', ScopeNames.List(scopes)));
        await JsonAnswer.WriteAsync(http, StatusCodes.Status201Created, Describe(issued), TenancyJson.Default.KeyDescription);
    }

    private async Task ListAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Keys, "keys:List");
        using var entered = CallerContext.Enter(principal);
        var keys = await store.ListAsync(principal.Account, http.RequestAborted);
        var listing = new KeyListing([.. keys.Select(k =>
            new KeyDescription(k.Id, null, k.State.Account, ScopeNames.List(k.State.Scopes), k.State.CreatedAt, k.State.ExpiresAt,
                k.State.AllowedOrigins))]);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, listing, TenancyJson.Default.KeyListing);
    }

    private async Task RevokeAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Keys, "keys:Revoke");
        using var entered = CallerContext.Enter(principal);
        var id = (string)http.Request.RouteValues["id"]!;
        await store.RevokeAsync(principal.Account, id, principal.Rights);
        cache.Forget(id);
        LogEnded(principal.AuditName, id, principal.Account);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    [LoggerMessage(EventId = 4104, EventName = "AccessKeyMade", Level = LogLevel.Information,
        Message = "Audit: {Actor} made access key {AccessKeyId} of account {Account}: {Scopes}")]
    private partial void LogMade(string actor, string accessKeyId, string account, string scopes);

    [LoggerMessage(EventId = 4105, EventName = "AccessKeyEnded", Level = LogLevel.Information,
        Message = "Audit: {Actor} ended access key {AccessKeyId} of account {Account}")]
    private partial void LogEnded(string actor, string accessKeyId, string account);

    private static AccessScopes ParseScopes(IReadOnlyList<string>? names)
    {
        var scopes = AccessScopes.None;
        foreach (var name in names ?? [])
        {
            if (!ScopeNames.TryParse(name, out var scope))
            {
                throw new ApiException(ApiError.InvalidInput, $"'{name}' at 'scopes' is not a scope; known are {ScopeNames.Known}.");
            }

            scopes |= scope;
        }

        return scopes != AccessScopes.None ? scopes
            : throw new ApiException(ApiError.InvalidInput, $"'scopes' must name at least one of {ScopeNames.Known}.");
    }
}
