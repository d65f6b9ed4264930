namespace Kindred.Grains.Jobs;

/// <summary>
/// The hand of a job in the silo that works on it: takes orders into that silo's <see cref="JobExecutor"/>. It remembers nothing and
/// decides nothing. Its grain type names the lane, so that placement can choose machines for it. Key: the ARN of the job's resource.
/// </summary>
[Alias("Kindred.IJobRunnerGrain")]
internal interface IJobRunnerGrain : IGrainWithStringKey
{
    /// <returns>The silo that has taken the order, as <see cref="SiloMembers"/> names it; null when it stops and takes none.</returns>
    [Alias("OrderAsync")]
    Task<string?> OrderAsync(JobOrder order);

    [Alias("FindAsync")]
    Task<JobSighting> FindAsync(int attempt);

    /// <summary>Cancels the attempt if it is here. One that runs elsewhere hears of it with its next heartbeat.</summary>
    [Alias("CancelAsync")]
    Task CancelAsync(int attempt);
}
