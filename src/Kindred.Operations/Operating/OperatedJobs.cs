using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;

namespace Kindred.Operations.Operating;

/// <summary>The jobs of all tenants, for whoever operates the deployment: needs the scope <c>operator</c>.</summary>
public sealed class OperatedJobs(IResourceCatalog catalog, IGrainFactory grains, IAuditTrail audit)
{
    public const int MostJobs = 500;

    /// <returns>Those that wait or run, the oldest first; at most <see cref="MostJobs"/>.</returns>
    /// <exception cref="RefusedException">AccessDenied: the principal operates nothing.</exception>
    public async Task<IReadOnlyList<JobDescription>> ListAsync(Principal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Operator, "jobs:ListAll");
        var jobs = new List<JobDescription>();
        await foreach (var entry in catalog.ScanAllAsync<JobState>(StateNames.Job, "", cancellationToken))
        {
            if (entry.State.Kind is JobKind.None || !Arn.TryParse(entry.Key, out var resource)) continue;
            using var entered = CallerContext.EnterService(resource.Account, "operator's look at jobs");
            if (await grains.GetGrain<IJobGrain>(entry.Key).DescribeAsync(cancellationToken) is { } job) jobs.Add(job);
            if (jobs.Count == MostJobs) break;
        }
        return [.. jobs.OrderBy(job => job.StartedAt)];
    }

    /// <summary>Ends a job: at once when it waits, else as soon as it has heard of it. A version that serves goes on serving.</summary>
    /// <exception cref="RefusedException">AccessDenied: the principal operates nothing. ResourceNotFound: no such job waits or runs.</exception>
    public async Task CancelAsync(Principal principal, string resourceArn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Operator, "jobs:Cancel");
        var state = Arn.TryParse(resourceArn, out var resource)
            ? await catalog.FindAsync<JobState>(StateNames.Job, resourceArn, cancellationToken) : null;
        if (state is null or { Kind: JobKind.None })
            throw new RefusedException(RefusalCode.ResourceNotFound, $"No job of {resourceArn} waits or runs.");
        using (CallerContext.EnterService(resource.Account, "operator's cancel of a job")) await grains.GetGrain<IJobGrain>(resourceArn).CancelAsync();
        await audit.RecordAsync(AuditEvent.By(principal, "jobs:Cancel", resourceArn), cancellationToken);
    }
}
