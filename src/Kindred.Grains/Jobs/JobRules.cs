using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>Every legal move of a job, as pure functions.</summary>
internal static class JobRules
{
    public static bool IsUnfinished(JobState job) => job.Kind is not JobKind.None;

    /// <summary>New work. Attempts go on counting, so a zombie of earlier work on the same resource stays one.</summary>
    public static JobState Start(JobState job, JobKind kind, DateTimeOffset now) =>
        new() { Kind = kind, Attempt = job.Attempt, StartedAt = now };

    /// <summary>Another attempt is about to wait for a thread. An attempt that began and never reported its end failed.</summary>
    public static JobState Launch(JobState job) =>
        job with { Attempt = job.Attempt + 1, Failures = job.Running ? job.Failures + 1 : job.Failures, Running = false };

    public static bool IsNewest(JobState job, int attempt) => IsUnfinished(job) && job.Attempt == attempt;

    public static JobState Begin(JobState job) => job with { Running = true };

    public static JobState Suspend(JobState job) => job with { Running = false };

    public static JobState Fail(JobState job) => job with { Running = false, Failures = job.Failures + 1 };

    public static JobState Cancel(JobState job) => job with { Cancelled = true };

    public static JobState Finish(JobState job) => new() { Attempt = job.Attempt };
}
