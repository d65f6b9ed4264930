using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Organisations;
using Kindred.Operations.Readings;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kindred.Portal.Downloads;

/// <summary>One file that a batch job or an export wrote.</summary>
internal static class OutputEndpoint
{
    public static string AddressFor(string account, string project, Arn job, string file) => Links.To(
        account, project, $"batch/output?job={Uri.EscapeDataString(job.ToString())}&file={Uri.EscapeDataString(file)}");

    public static void MapOutputs(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/o/{account}/p/{project}/batch/output", SendAsync).RequireAuthorization();

    private static async Task<IResult> SendAsync(
        string account, string job, string file, HttpContext http, IMembershipDirectory memberships, FileJobReadings readings)
    {
        if (await PersonRequests.FindPrincipalAsync(http, memberships, account) is not { } principal) return Results.NotFound();
        if (!Arn.TryParse(job, out var arn)) return Results.NotFound();
        using var entered = CallerContext.Enter(principal);
        try
        {
            var stream = await readings.OpenOutputAsync(principal, arn, file, http.RequestAborted);
            var type = file.EndsWith(".csv", StringComparison.Ordinal) ? "text/csv; charset=utf-8" : "application/x-ndjson";
            return Results.Stream(stream, type, file); // as an attachment: whatever is in it, no browser shows it as a page
        }
        catch (RefusedException refused)
        {
            return Results.Text(refused.Message, statusCode: refused.Code is RefusalCode.AccessDenied ? 403 : 404);
        }
    }
}
