namespace Kindred.Grains.Jobs;

/// <summary>How a silo runs jobs. Bound from <c>Kindred:Jobs</c> by the host.</summary>
public sealed class JobOptions
{
    /// <summary>Most trainings at the same time. Default: one fewer than the cores, at least 1. Imports and deploys have a thread of their own each, so neither waits for a training.</summary>
    public int MaxConcurrent { get; set; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Threads of one training. Default: the cores, shared among the trainings that may run at the same time.</summary>
    public int TrainingThreads { get; set; }

    /// <summary>How often a job may take the process down, or run into a failing disk, before it is given up. Default 3.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Streamed records of one dataset group that wait in the log before they are compacted. Default 200,000.</summary>
    public long CompactionRecords { get; set; } = 200_000;

    /// <summary>How long a streamed record may wait in the log before it is compacted. Default 6 hours.</summary>
    public TimeSpan CompactionAge { get; set; } = TimeSpan.FromHours(6);

    internal int ThreadsPerTraining => TrainingThreads > 0 ? TrainingThreads : Math.Max(1, Environment.ProcessorCount / Math.Max(1, MaxConcurrent));
}
