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
/// What the contract has no words for: how far a tenant's jobs are, and how a solution version was, or is being, trained. Needs the
/// scope <c>read</c>.
/// </summary>
internal sealed class JobEndpoints(RequestAuthenticator authenticator, IOptions<OperationOptions> options)
{
    public void Map(IEndpointRouteBuilder routes, RequestGuard guard)
    {
        routes.MapGet("/v1/jobs", guard.Around(ListAsync));
        routes.MapGet("/v1/solution-versions/{solution}/{version}", guard.Around(DescribeVersionAsync));
    }

    private async Task ListAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Read, "jobs:List");
        using var entered = CallerContext.Enter(principal);
        var jobs = await Readings(http).ListAsync(principal, http.RequestAborted);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, new JobListing([.. jobs.Select(JobView.Of)]), JobsJson.Default.JobListing);
    }

    private async Task DescribeVersionAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Read, "solution-versions:Describe");
        using var entered = CallerContext.Enter(principal);
        var (solution, number) = ((string)http.Request.RouteValues["solution"]!, (string)http.Request.RouteValues["version"]!);
        var text = Arn.SolutionVersion(options.Value.Region, principal.Account, solution, number).ToString();
        // Whatever a client writes into a path, only what parses as an ARN is looked for.
        if (!Arn.TryParse(text, out var arn)) throw new ApiException(ApiError.ResourceNotFound, $"There is no resource with the ARN {text}.");
        var (state, job) = await Readings(http).DescribeVersionAsync(principal, arn, http.RequestAborted);
        var answer = new VersionAnswer(
            text, state.Status, state.Rung, state.Refinement.ToString(), state.RefinementFailure, state.Version.TrainingHours * 3600,
            state.QuotedDuration?.TotalSeconds, state.QuotedBytes, state.Habit, job is null ? null : JobView.Of(job),
            state.DataDeletedAt);
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, answer, JobsJson.Default.VersionAnswer);
    }

    private static JobReadings Readings(HttpContext http) => http.RequestServices.GetRequiredService<JobReadings>();
}
