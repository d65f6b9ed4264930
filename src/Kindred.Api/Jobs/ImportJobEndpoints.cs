using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Api.Tenancy;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Operations;
using Kindred.Operations.Readings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kindred.Api.Jobs;

/// <summary>
/// How an import went, row by row: how many were refused and why, and the refused rows themselves; and what a data deletion job removed. A
/// job is named as in its ARN, by <c>dataset-import-job/{name}</c> or by the whole of it. Needs the scope <c>read</c>.
/// </summary>
internal sealed class ImportJobEndpoints(RequestAuthenticator authenticator, IOptions<OperationOptions> options)
{
    public void Map(IEndpointRouteBuilder routes, RequestGuard guard)
    {
        routes.MapGet("/v1/jobs/{type}/{name}", guard.Around(DescribeAsync));
        routes.MapGet("/v1/jobs/{type}/{name}/refused-rows", guard.Around(DownloadAsync));
    }

    private async Task DescribeAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Read, "jobs:Describe");
        using var entered = CallerContext.Enter(principal);
        var arn = ArnOf(http, principal, ResourceTypes.DatasetImportJob, ResourceTypes.DataDeletionJob);
        if (arn.Type is ResourceTypes.DataDeletionJob)
        {
            var deletion = await Readings(http).DescribeDeletionAsync(principal, arn, http.RequestAborted);
            await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, DeletionAnswer.Of(deletion), JobsJson.Default.DeletionAnswer);
            return;
        }
        var import = await Readings(http).DescribeImportAsync(principal, arn, http.RequestAborted);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, ImportAnswer.Of(arn, import), JobsJson.Default.ImportAnswer);
    }

    private async Task DownloadAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Read, "jobs:Describe");
        using var entered = CallerContext.Enter(principal);
        using var copy = await Readings(http).OpenRefusedRowsAsync(
            principal, ArnOf(http, principal, ResourceTypes.DatasetImportJob), http.RequestAborted);
        await using var rows = File.OpenRead(copy.Path);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.ContentLength = rows.Length;
        // What stands in a tenant's rows must never run as a page of this origin.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentDisposition = "attachment";
        await rows.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static JobReadings Readings(HttpContext http) => http.RequestServices.GetRequiredService<JobReadings>();

    private Arn ArnOf(HttpContext http, Principal principal, params ReadOnlySpan<string> types)
    {
        var (type, name) = ((string)http.Request.RouteValues["type"]!, (string)http.Request.RouteValues["name"]!);
        var mine = $"arn:aws:personalize:{options.Value.Region}:{principal.Account}:";
        var given = $"{(type.StartsWith("arn:", StringComparison.Ordinal) ? "" : mine)}{type}/{name}";
        // Whatever a client writes into a path, only a job of its own account is looked for.
        return Arn.TryParse(given, out var arn) && types.Contains(arn.Type) && given.StartsWith(mine, StringComparison.Ordinal)
            ? arn
            : throw new ApiException(ApiError.ResourceNotFound, $"There is no such job with the ARN {given}.");
    }
}
