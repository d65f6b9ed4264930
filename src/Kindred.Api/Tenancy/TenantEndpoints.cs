using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Tenancy;

/// <summary>New tenants, for whoever runs the deployment (scope <c>operator</c>).</summary>
internal sealed partial class TenantEndpoints(
    RequestAuthenticator authenticator, AccessKeyIssuer issuer, ITenantStore tenants, IAccessKeyStore keys, IAuditTrail audit, ILogger<TenantEndpoints> logger)
{
    private const int MaxNameLength = 100;

    public void Map(IEndpointRouteBuilder routes, RequestGuard guard) => routes.MapPost("/v1/tenants", guard.Around(CreateAsync));

    private async Task CreateAsync(HttpContext http)
    {
        var (principal, request) = await TenancyRequest.ReadAsync(
            http, authenticator, AccessScopes.Operator, "tenants:Create", TenancyJson.Default.NewTenant);
        using var entered = CallerContext.Enter(principal);
        var account = request.Account ?? Accounts.Draw();
        if (!Accounts.IsAccount(account)) throw new ApiException(ApiError.InvalidInput, $"'{account}' at 'account' must be 12 digits.");

        if (request.Name is { Length: > MaxNameLength })
            throw new ApiException(ApiError.InvalidInput, $"'name' must have at most {MaxNameLength} characters.");
        // A tenant without a key is one whose making was interrupted: asking again completes it.
        if (await tenants.ExistsAsync(account) && (await keys.ListAsync(account, http.RequestAborted)).Count > 0)
        {
            throw new ApiException(ApiError.ResourceAlreadyExists, $"The tenant {account} exists already.");
        }

        await tenants.CreateAsync(account, request.Name);
        var key = await issuer.IssueAsync(account, AccessScopes.Tenant);
        LogMade(principal.AuditName, account);
        await audit.RecordAsync(AuditEvent.By(principal, "tenants:Create", account));
        await JsonAnswer.WriteAsync(http, StatusCodes.Status201Created, new TenantDescription(account, KeyEndpoints.Describe(key)),
            TenancyJson.Default.TenantDescription);
    }

    [LoggerMessage(EventId = 4106, EventName = "TenantMade", Level = LogLevel.Information, Message = "Audit: {Actor} made tenant {Account}")]
    private partial void LogMade(string actor, string account);
}
