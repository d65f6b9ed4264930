using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>The inner side of a job: the tenant starts and cancels it, its attempts report to it.</summary>
[Alias("Kindred.IJobControl")]
internal interface IJobControl : IGrainWithStringKey
{
    /// <summary>Begins the work, once; while it is unfinished, this is <see cref="ResumeAsync"/>.</summary>
    [Alias("StartAsync")]
    Task StartAsync(JobKind kind);

    /// <summary>
    /// Goes on with unfinished work that no attempt is doing: after a crash, a restart, or a failed disk. Harmless otherwise.
    /// </summary>
    [Alias("ResumeAsync")]
    Task ResumeAsync();

    /// <summary>
    /// What unfinished work was built on is not to be used any more: whatever attempt is under way counts no longer, and another begins.
    /// </summary>
    [Alias("RestartAsync")]
    Task RestartAsync();

    /// <summary>Ends unfinished work: at once when no attempt is doing it, else as soon as the attempt has heard of it.</summary>
    [Alias("CancelAsync")]
    Task CancelAsync();

    /// <summary>Forgets the job; its resource is gone.</summary>
    [Alias("ForgetAsync")]
    Task ForgetAsync();

    /// <param name="attempt">The attempt.</param>
    /// <param name="silo">The silo that makes it, which holds the job's lease from here on.</param>
    /// <returns>False for an attempt that is no longer the newest, and must not begin.</returns>
    [Alias("BeginAsync")]
    Task<bool> BeginAsync(int attempt, string silo);

    /// <summary>The attempt waits or runs: its lease lives on, and its progress is known wherever the job is looked at.</summary>
    [Alias("HeartbeatAsync")]
    Task<JobAnswer> HeartbeatAsync(JobHeartbeat heartbeat);

    /// <summary>Publishes what the attempt made.</summary>
    /// <returns>False when nothing was published: the attempt is no longer the newest, or what it was built on has moved on.</returns>
    [Alias("CompleteAsync")]
    Task<bool> CompleteAsync(int attempt, JobResult result);

    /// <param name="final">Another attempt would end the same way.</param>
    [Alias("FailAsync")]
    Task FailAsync(int attempt, string reason, bool final);

    /// <summary>The attempt has ended because the job was cancelled.</summary>
    [Alias("CancelledAsync")]
    Task CancelledAsync(int attempt);

    /// <summary>
    /// The attempt has ended because the host stops. The job goes on at the next start, or in another silo; nobody is to blame.
    /// </summary>
    [Alias("SuspendAsync")]
    Task SuspendAsync(int attempt);

    /// <summary>The attempt has made room for work that somebody waits for: another one waits for its turn.</summary>
    [Alias("GiveWayAsync")]
    Task GiveWayAsync(int attempt);
}
