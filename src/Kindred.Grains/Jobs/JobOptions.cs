namespace Kindred.Grains.Jobs;

/// <summary>How a silo runs jobs. Bound from <c>Kindred:Jobs</c> by the host.</summary>
public sealed class JobOptions
{
    /// <summary>
    /// Most long trainings at the same time, and likewise most quick ones, where <see cref="Lanes"/> says nothing else. Default: one
    /// per four cores, at least 1: a training uses several cores well, and two share memory badly.
    /// </summary>
    public int MaxConcurrent { get; set; } = Math.Max(1, Environment.ProcessorCount / 4);

    /// <summary>
    /// Most jobs of a lane at the same time. A lane that is not named: one, in the lanes of trainings <see cref="MaxConcurrent"/>, and two
    /// in the data lane and in that of batch jobs, so that one tenant's large import, or long export, leaves a place for another's.
    /// </summary>
    public IDictionary<JobLane, int> Lanes { get; } = new Dictionary<JobLane, int>();

    /// <summary>Threads of one training. Default: the cores, shared among the trainings that may run at the same time.</summary>
    public int TrainingThreads { get; set; }

    /// <summary>Threads of one batch job. Default: the cores; half of them while requests are answered.</summary>
    public int BatchThreads { get; set; }

    /// <summary>Whether a version whose recipe learns for minutes first becomes ACTIVE with a quick model. Default true.</summary>
    public bool QuickFirst { get; set; } = true;

    /// <summary>How long the search of performHPO or performAutoML may take. Default 30 minutes.</summary>
    public TimeSpan SearchBudget { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Memory that one training may be expected to take, in bytes; one that wants more does not begin. Default: three quarters of what the
    /// process may use, shared among the trainings that may run at the same time.
    /// </summary>
    public long MaxTrainingBytes
    {
        get => field > 0 ? field : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3 / Math.Max(1, Concurrency(JobLane.Training));
        set;
    }

    /// <summary>How often a job may take the process down, or run into a failing disk, before it is given up. Default 3.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long a silo that lives but is not heard of keeps a job that it works on. Default 30 seconds; at least 20.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Streamed records of one dataset group that wait in the log before they are compacted. Default 200,000.</summary>
    public long CompactionRecords { get; set; } = 200_000;

    /// <summary>How long a streamed record may wait in the log before it is compacted. Default 6 hours.</summary>
    public TimeSpan CompactionAge { get; set; } = TimeSpan.FromHours(6);

    internal int ThreadsPerTraining =>
        TrainingThreads > 0 ? TrainingThreads : Math.Max(1, Environment.ProcessorCount / Math.Max(1, Concurrency(JobLane.Training)));

    internal int ThreadsPerBatch => BatchThreads > 0 ? BatchThreads : Environment.ProcessorCount;

    internal int Concurrency(JobLane lane) =>
        Lanes.TryGetValue(lane, out var threads) ? threads : lane switch
        {
            JobLane.Training or JobLane.QuickTraining => MaxConcurrent,
            JobLane.Data or JobLane.Batch => 2,
            _ => 1,
        };

    /// <summary>How many jobs of a lane one account may have under way. Of several places one stays for another's where jobs take long.</summary>
    internal int ShareOfOne(JobLane lane) => lane is JobLane.Data or JobLane.Batch ? Math.Max(1, Concurrency(lane) - 1) : Concurrency(lane);
}
