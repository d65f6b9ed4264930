using Kindred.Api.Authentication;
using Kindred.Api.Protocol;
using Kindred.Api.Tenancy;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Solutions;
using Kindred.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kindred.Api.Jobs;

/// <summary>
/// What the contract has no words for: how far a tenant's jobs are, and how a solution version was, or is being, trained. Needs the
/// scope <c>control</c>.
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
        var catalog = http.RequestServices.GetRequiredService<IResourceCatalog>();
        var grains = http.RequestServices.GetRequiredService<IGrainFactory>();
        var mine = $"arn:aws:personalize:{options.Value.Region}:{principal.Account}:";
        var jobs = new List<JobView>();
        await foreach (var entry in catalog.ScanAllAsync<JobState>(StateNames.Job, mine, http.RequestAborted))
        {
            if (entry.State.Kind is JobKind.None) continue; // a job that has ended leaves a row behind
            if (await grains.GetGrain<IJobGrain>(entry.Key).DescribeAsync(http.RequestAborted) is { } job) jobs.Add(JobView.Of(job));
        }
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, new JobListing([.. jobs.OrderBy(job => job.StartedAt)]),
            JobsJson.Default.JobListing);
    }

    private async Task DescribeVersionAsync(HttpContext http)
    {
        var principal = await TenancyRequest.AuthorizeAsync(http, authenticator, AccessScopes.Read, "solution-versions:Describe");
        using var entered = CallerContext.Enter(principal);
        var grains = http.RequestServices.GetRequiredService<IGrainFactory>();
        var catalog = http.RequestServices.GetRequiredService<IResourceCatalog>();
        var (solution, number) = ((string)http.Request.RouteValues["solution"]!, (string)http.Request.RouteValues["version"]!);
        var text = Arn.SolutionVersion(options.Value.Region, principal.Account, solution, number).ToString();
        // Whatever a client writes into a path, only what parses as an ARN is looked for.
        var state = Arn.TryParse(text, out var arn) ? await catalog.FindAsync<SolutionVersionState>(arn, http.RequestAborted) : null;
        if (state is null) throw new ApiException(ApiError.ResourceNotFound, $"There is no resource with the ARN {text}.");
        var job = await grains.GetGrain<IJobGrain>(text).DescribeAsync(http.RequestAborted);
        var answer = new VersionAnswer(
            text, state.Status, state.Rung, state.Refinement.ToString(), state.RefinementFailure, state.Version.TrainingHours * 3600,
            state.QuotedDuration?.TotalSeconds, state.QuotedBytes, state.Habit, job is null ? null : JobView.Of(job));
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, answer, JobsJson.Default.VersionAnswer);
    }
}
