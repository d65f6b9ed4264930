namespace Kindred.Recipes.Tuning;

/// <summary>How much a search may take.</summary>
public sealed record TuningLimits
{
    /// <summary>Trainings at most (<c>maxNumberOfTrainingJobs</c>); at least 1.</summary>
    public int MaxTrials { get; init; } = 40;

    /// <summary>Trainings at the same time (<c>maxParallelTrainingJobs</c>), which share the threads of the run; at least 1.</summary>
    public int MaxParallelTrials { get; init; } = 1;

    /// <summary>
    /// Wall-clock time from the start of the search; null = as long as it takes. What does not fit is not begun, what overruns is stopped.
    /// </summary>
    public TimeSpan? Budget { get; init; }
}
