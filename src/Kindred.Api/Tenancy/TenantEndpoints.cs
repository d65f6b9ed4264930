using System.Security.Cryptography;
using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Api.Tenancy;

/// <summary>New tenants, for whoever runs the deployment (scope <c>operator</c>). A tenant begins with its first key.</summary>
internal sealed class TenantEndpoints(RequestAuthenticator authenticator, AccessKeyIssuer issuer, IAccessKeyStore store)
{
    private const int AccountLength = 12;

    public void Map(IEndpointRouteBuilder routes, RequestGuard guard) => routes.MapPost("/v1/tenants", guard.Around(CreateAsync));

    private async Task CreateAsync(HttpContext http)
    {
        var (_, request) = await TenancyRequest.ReadAsync(http, authenticator, AccessScopes.Operator, "tenants:Create", TenancyJson.Default.NewTenant);
        var account = request.Account ?? RandomNumberGenerator.GetString("0123456789", AccountLength);
        if (account.Length != AccountLength || !account.All(char.IsAsciiDigit))
        {
            throw new ApiException(ApiError.InvalidInput, $"'{account}' at 'account' must be {AccountLength} digits.");
        }

        if ((await store.ListAsync(account, http.RequestAborted)).Count > 0)
        {
            throw new ApiException(ApiError.ResourceAlreadyExists, $"The tenant {account} exists already.");
        }

        var key = await issuer.IssueAsync(account, AccessScopes.Tenant);
        http.Response.StatusCode = StatusCodes.Status201Created;
        await http.Response.WriteAsJsonAsync(
            new TenantDescription(account, KeyEndpoints.Describe(key)), TenancyJson.Default.TenantDescription, cancellationToken: http.RequestAborted);
    }
}
