using System.Globalization;
using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Api.Tenancy;
using Kindred.Contracts.Access;
using Kindred.Contracts.Usage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Api.Usage;

/// <summary>What the tenant used, day by day. Needs the scope <c>read</c>.</summary>
internal sealed class UsageEndpoints(RequestAuthenticator authenticator, IUsageMeter usage, TimeProvider clock)
{
    private const int DaysByDefault = 30;

    public void Map(IEndpointRouteBuilder routes, RequestGuard guard) => routes.MapGet("/v1/usage", guard.Around(ReadAsync));

    private async Task ReadAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Read, "usage:Read");
        var until = Day(http, "until") ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var from = Day(http, "from") ?? until.AddDays(1 - DaysByDefault);
        var counts = await usage.ReadAsync(principal.Account, from, until, http.RequestAborted);
        var listing = new UsageListing([.. counts.Select(count =>
            new CountedUse(count.Day, count.Measure, count.Subject is "" ? null : count.Subject, count.Count))]);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, listing, UsageJson.Default.UsageListing);
    }

    private static DateOnly? Day(HttpContext http, string name)
    {
        if (http.Request.Query[name] is not [{ Length: > 0 } text]) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new ApiException(ApiError.InvalidInput, $"'{text}' at '{name}' is not a day; expected such as 2026-11-27.");
    }
}
