using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>
/// What one kind of job changes in the resources, on the turn of the job's grain, which has checked by then that the attempt is the
/// newest. It computes nothing: that is the part of its <see cref="IJobRunner"/>.
/// </summary>
internal interface IJobDecision
{
    JobKind Kind { get; }

    JobLane Lane { get; }

    Task<JobTerms> TermsAsync(Arn resource) => Task.FromResult(JobTerms.Plain);

    /// <summary>Shows on the resource that work has begun.</summary>
    /// <returns>False when there is nothing to do any more: the resource is gone, or finished already.</returns>
    Task<bool> BeginAsync(Arn resource);

    /// <returns>False when what the result was built on has moved on: another attempt begins at once, and nobody is to blame.</returns>
    Task<bool> PublishAsync(Arn resource, JobResult result);

    /// <summary>What the resource needs next, once this work is done; <see cref="JobKind.None"/> when nothing.</summary>
    Task<JobKind> FollowedByAsync(Arn resource) => Task.FromResult(JobKind.None);

    Task FailAsync(Arn resource, string reason);

    Task StopAsync(Arn resource);
}
