using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Api.Tenancy;

/// <summary>A tenant's own keys. Needs the scope <c>keys</c>; a key gives no more than it has.</summary>
internal sealed class KeyEndpoints(RequestAuthenticator authenticator, IAccessKeys keys)
{
    public void Map(IEndpointRouteBuilder routes, RequestGuard guard)
    {
        routes.MapPost("/v1/keys", guard.Around(IssueAsync));
        routes.MapGet("/v1/keys", guard.Around(ListAsync));
        routes.MapPost("/v1/keys/{id}/roll", guard.Around(RollAsync));
        routes.MapPost("/v1/keys/{id}/disable", guard.Around(http => SetDisabledAsync(http, disabled: true)));
        routes.MapPost("/v1/keys/{id}/enable", guard.Around(http => SetDisabledAsync(http, disabled: false)));
        routes.MapDelete("/v1/keys/{id}", guard.Around(RevokeAsync));
    }

    public static KeyDescription Describe(IssuedAccessKey key) =>
        new(key.Id, key.Secret, key.Account, ScopeNames.List(key.Scopes), key.CreatedAt, key.ExpiresAt, key.AllowedOrigins)
        {
            Name = key.Name,
        };

    private async Task IssueAsync(HttpContext http)
    {
        var (principal, request) = await TenancyRequest.ReadAsync(
            http, authenticator, AccessScopes.Keys, "keys:Create", TenancyJson.Default.NewKey);
        var issued = await keys.IssueAsync(principal, new NewAccessKey(ParseScopes(request.Scopes))
        {
            Name = request.Name, ExpiresAt = request.ExpiresAt, AllowedOrigins = request.AllowedOrigins,
        }, http.RequestAborted);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status201Created, Describe(issued), TenancyJson.Default.KeyDescription);
    }

    private async Task ListAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Keys, "keys:List");
        var listing = new KeyListing([.. (await keys.ListAsync(principal, http.RequestAborted)).Select(key =>
            new KeyDescription(key.Id, null, key.State.Account, ScopeNames.List(key.State.Scopes), key.State.CreatedAt, key.State.ExpiresAt,
                key.State.AllowedOrigins)
            {
                Name = key.State.Name, DisabledAt = key.State.DisabledAt, LastUsedAt = key.State.LastUsedAt,
            })]);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, listing, TenancyJson.Default.KeyListing);
    }

    private async Task RollAsync(HttpContext http)
    {
        var (principal, request) = await TenancyRequest.ReadAsync(
            http, authenticator, AccessScopes.Keys, "keys:Roll", TenancyJson.Default.KeyRoll);
        var overlap = TimeSpan.FromSeconds(Math.Clamp(request.OverlapSeconds ?? 0, -1, int.MaxValue));
        var issued = await keys.RollAsync(principal, Id(http), overlap, http.RequestAborted);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status201Created, Describe(issued), TenancyJson.Default.KeyDescription);
    }

    private async Task SetDisabledAsync(HttpContext http, bool disabled)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Keys, disabled ? "keys:Disable" : "keys:Enable");
        await keys.SetDisabledAsync(principal, Id(http), disabled, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task RevokeAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Keys, "keys:Revoke");
        await keys.RevokeAsync(principal, Id(http), http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

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
