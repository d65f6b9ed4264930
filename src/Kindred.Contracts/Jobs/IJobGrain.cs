using Orleans.Concurrency;

namespace Kindred.Contracts.Jobs;

/// <summary>The long work on one resource. Key: the resource's ARN.</summary>
[Alias("Kindred.IJobGrain")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <returns>The job, or null when no work on the resource is waiting or under way.</returns>
    [ReadOnly, Alias("DescribeAsync")]
    Task<JobDescription?> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Ends the work: at once when no attempt is doing it, else as soon as the attempt has heard of it.</summary>
    [Alias("CancelAsync")]
    Task CancelAsync();
}
