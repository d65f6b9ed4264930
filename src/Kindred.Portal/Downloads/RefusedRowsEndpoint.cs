using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Organisations;
using Kindred.Operations;
using Kindred.Operations.Readings;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Kindred.Portal.Downloads;

/// <summary>The rows that an import refused, as a file to open, mend and upload again.</summary>
internal static class RefusedRowsEndpoint
{
    public static void MapRefusedRows(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/o/{account}/p/{project}/imports/{job}/refused-rows", SendAsync).RequireAuthorization();

    private static async Task<IResult> SendAsync(
        string account, string job, HttpContext http, IMembershipDirectory memberships, JobReadings readings, IOptions<OperationOptions> options)
    {
        if (await PersonRequests.FindPrincipalAsync(http, memberships, account) is not { } principal) return Results.NotFound();
        using var entered = CallerContext.Enter(principal);
        try
        {
            if (!Arn.TryParse(Arn.DatasetImportJob(options.Value.Region, account, job).ToString(), out var arn)) return Results.NotFound();
            using var copy = await readings.OpenRefusedRowsAsync(principal, arn, http.RequestAborted);
            // Open before the copy is given back: an open file outlives its name.
            return Results.File(File.OpenRead(copy.Path), "text/csv; charset=utf-8", $"{job}-refused.csv");
        }
        catch (RefusedException refused)
        {
            return Results.Text(refused.Message, statusCode: refused.Code is RefusalCode.AccessDenied ? 403 : 404);
        }
    }
}
