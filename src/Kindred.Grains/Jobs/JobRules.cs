using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>Every legal move of a job, as pure functions.</summary>
internal static class JobRules
{
    /// <summary>
    /// How much of a lease must have gone by before it is written again: a heartbeat every few seconds must not be a write each.
    /// </summary>
    private static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(10);

    public static bool IsUnfinished(JobState job) => job.Kind is not JobKind.None;

    /// <summary>New work. Attempts go on counting, so a zombie of earlier work on the same resource stays one.</summary>
    public static JobState Start(JobState job, JobKind kind, DateTimeOffset now) =>
        new() { Kind = kind, Attempt = job.Attempt, StartedAt = now };

    /// <summary>Another attempt is about to wait for a thread. An attempt that began and never reported its end failed.</summary>
    public static JobState Launch(JobState job) =>
        Released(job) with { Attempt = job.Attempt + 1, Failures = job.Running ? job.Failures + 1 : job.Failures };

    public static bool IsNewest(JobState job, int attempt) => IsUnfinished(job) && job.Attempt == attempt;

    /// <param name="job">The job.</param>
    /// <param name="silo">Where the attempt runs.</param>
    /// <param name="until">Until when nobody else takes the job over, if the silo lives.</param>
    public static JobState Begin(JobState job, string silo, DateTimeOffset until) =>
        job with { Running = true, LeaseHolder = silo, LeaseUntil = until };

    public static bool IsRenewalDue(JobState job, TimeSpan lease, DateTimeOffset now) =>
        job.Running && job.LeaseUntil - now <= lease - RenewalPause;

    public static JobState Suspend(JobState job) => Released(job);

    public static JobState Fail(JobState job) => Released(job) with { Failures = job.Failures + 1 };

    public static JobState Cancel(JobState job) => job with { Cancelled = true };

    public static JobState Finish(JobState job) => new() { Attempt = job.Attempt };

    private static JobState Released(JobState job) => job with { Running = false, LeaseHolder = null, LeaseUntil = default };
}
