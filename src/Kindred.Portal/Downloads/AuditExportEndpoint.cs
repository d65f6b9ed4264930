using System.Globalization;
using System.Text;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Organisations;
using Kindred.Operations.Readings;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Portal.Downloads;

/// <summary>The audit trail as a CSV file, page by page as it is read.</summary>
internal static class AuditExportEndpoint
{
    public static void MapAuditExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/o/{account}/audit/export", (Delegate)SendAsync).RequireAuthorization();

    private static async Task<IResult> SendAsync(
        string account, string? text, HttpContext http, IMembershipDirectory memberships, IAuditTrail trail)
    {
        if (await PersonRequests.FindPrincipalAsync(http, memberships, account) is not { } principal) return Results.NotFound();
        using var entered = CallerContext.Enter(principal);
        try
        {
            var query = new AuditQuery { Text = string.IsNullOrWhiteSpace(text) ? null : text, Limit = AuditQuery.MostEntries };
            var first = await trail.ReadOwnAsync(principal, query, http.RequestAborted);
            http.Response.ContentType = "text/csv; charset=utf-8";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"audit-{account}.csv\"";
            await WriteAsync(http, trail, principal, query, first);
            return Results.Empty;
        }
        catch (RefusedException refused)
        {
            return Results.Text(refused.Message, statusCode: StatusCodes.Status403Forbidden);
        }
    }

    private static async Task WriteAsync(
        HttpContext http, IAuditTrail trail, Principal principal, AuditQuery query, IReadOnlyList<AuditEntry> page)
    {
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        await writer.WriteLineAsync("at,actor,action,target,origin,before,after");
        while (page.Count > 0)
        {
            foreach (var entry in page) await writer.WriteLineAsync(Line(entry));
            if (page.Count < query.Limit) return;
            query = query with { Before = page[^1].Number };
            page = await trail.ReadOwnAsync(principal, query, http.RequestAborted);
        }
    }

    private static string Line(AuditEntry entry) => string.Join(',', new[]
    {
        entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), entry.Event.Actor, entry.Event.Action, entry.Event.Target,
        entry.Event.Origin, entry.Event.Before, entry.Event.After,
    }.Select(Cell));

    // Spreadsheets compute what begins so; what a tenant calls things must not run where somebody reads it.
    private static string Cell(string? value)
    {
        value ??= "";
        if (value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) value = "'" + value;
        return $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
    }
}
