namespace Kindred.Grains.Jobs;

/// <summary>
/// Where a job waits and runs: each lane has a concurrency of its own, so that nobody waits for work of another kind. The numbers travel
/// between silos: they are only ever appended.
/// </summary>
public enum JobLane
{
    /// <summary>Imports and compactions.</summary>
    Data = 1,
    /// <summary>Trainings of seconds.</summary>
    QuickTraining = 2,
    /// <summary>Trainings of minutes, and searches.</summary>
    Training = 3,
    /// <summary>Scores many users or items into a file.</summary>
    Batch = 4,
    /// <summary>Loads models into campaigns.</summary>
    Deploy = 5,
}
