using System.Globalization;
using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Api.Tenancy;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Api.Audit;

/// <summary>The tenant's audit trail, newest first. Needs the scope <c>keys</c>: it is for whoever administers the tenant.</summary>
internal sealed class AuditEndpoints(RequestAuthenticator authenticator, IAuditTrail trail)
{
    public void Map(IEndpointRouteBuilder routes, RequestGuard guard) => routes.MapGet("/v1/audit", guard.Around(ReadAsync));

    private async Task ReadAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Keys, "audit:Read");
        var query = new AuditQuery
        {
            Text = http.Request.Query["text"], From = Moment(http, "from"), Until = Moment(http, "until"),
            Before = Number(http, "before", 1, long.MaxValue), Limit = (int)(Number(http, "limit", 1, AuditQuery.MostEntries) ?? 100),
        };
        var entries = await trail.ReadAsync(principal.Account, query, http.RequestAborted);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, new AuditListing([.. entries.Select(AuditView.Of)]),
            AuditViewJson.Default.AuditListing);
    }

    private static DateTimeOffset? Moment(HttpContext http, string name)
    {
        if (http.Request.Query[name] is not [{ Length: > 0 } text]) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new ApiException(ApiError.InvalidInput, $"'{text}' at '{name}' is not a moment; expected such as 2026-11-27T08:00:00Z.");
    }

    private static long? Number(HttpContext http, string name, long least, long most)
    {
        if (http.Request.Query[name] is not [{ Length: > 0 } text]) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ApiException(ApiError.InvalidInput, $"'{text}' at '{name}' is not a whole number from {least} to {most}.");
    }
}
