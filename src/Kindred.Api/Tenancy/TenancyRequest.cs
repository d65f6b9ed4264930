using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Microsoft.AspNetCore.Http;

namespace Kindred.Api.Tenancy;

/// <summary>What the endpoints of keys and tenants do first: read a small body, establish who asks, check their scope.</summary>
internal static class TenancyRequest
{
    public static async Task<(Principal Principal, TBody Body)> ReadAsync<TBody>(
        HttpContext http, RequestAuthenticator authenticator, AccessScopes scope, string action, JsonTypeInfo<TBody> shape)
    {
        using var request = await authenticator.ReadAsync(http);
        request.Principal.Require(scope, action);
        return (request.Principal.From(http.Connection.RemoteIpAddress?.ToString()), Parse(request.Body.Span, shape));
    }

    public static async Task<Principal> AuthorizeAsync(
        HttpContext http, RequestAuthenticator authenticator, AccessScopes scope, string action)
    {
        using var request = await authenticator.ReadAsync(http);
        request.Principal.Require(scope, action);
        return request.Principal.From(http.Connection.RemoteIpAddress?.ToString());
    }

    private static TBody Parse<TBody>(ReadOnlySpan<byte> body, JsonTypeInfo<TBody> shape)
    {
        try
        {
            return JsonSerializer.Deserialize(body.IsEmpty ? "{}"u8 : body, shape)
                ?? throw new ApiException(ApiError.Serialization, "The request is not a JSON object.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ApiException(ApiError.Serialization, $"The request is not valid JSON for this call: {error.Message}");
        }
    }
}
