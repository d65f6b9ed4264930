using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>
/// One kind of job. <see cref="RunAsync"/> computes on a thread of its own, outside every grain; the other methods change
/// resources, on the turn of the job's grain, which has checked by then that the attempt is the newest.
/// </summary>
internal interface IJobWork
{
    JobKind Kind { get; }

    /// <summary>Shows on the resource that work has begun.</summary>
    /// <returns>False when there is nothing to do any more: the resource is gone, or finished already.</returns>
    Task<bool> BeginAsync(Arn resource);

    /// <exception cref="Contracts.Refusals.RefusedException">The job cannot succeed; the message is its failure reason.</exception>
    Task<JobResult> RunAsync(JobRun run);

    Task PublishAsync(Arn resource, JobResult result);

    /// <summary>What the resource needs next, once this work is done; <see cref="JobKind.None"/> when nothing.</summary>
    Task<JobKind> FollowedByAsync(Arn resource) => Task.FromResult(JobKind.None);

    /// <summary>Removes what an attempt made that was not allowed to publish.</summary>
    void Discard(JobResult result);

    Task FailAsync(Arn resource, string reason);

    Task StopAsync(Arn resource);
}
