using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>
/// What one kind of job computes, on a thread of its own and outside every grain. It may ask grains, and changes none: nothing of what
/// it makes counts before the <see cref="IJobDecision"/> of its kind has published it.
/// </summary>
internal interface IJobRunner
{
    JobKind Kind { get; }

    /// <exception cref="Contracts.Refusals.RefusedException">The job cannot succeed; the message is its failure reason.</exception>
    Task<JobResult> RunAsync(JobRun run);

    /// <summary>Removes what an attempt made that was not allowed to publish, as far as no other attempt has made the same.</summary>
    Task DiscardAsync(Arn resource, JobResult result);
}
