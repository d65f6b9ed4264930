namespace Kindred.Grains.Jobs;

/// <summary>The lanes' runner grains: one grain type each, and nothing else that differs.</summary>
internal static class LaneRunners
{
    public static IJobRunnerGrain RunnerOf(this IGrainFactory grains, JobLane lane, string resource) =>
        grains.GetGrain<IJobRunnerGrain>(GrainId.Create(TypeOf(lane), resource));

    /// <summary>The grain type of a lane, by which placement knows it.</summary>
    public static string TypeOf(JobLane lane) => lane switch
    {
        JobLane.Data => DataRunnerGrain.Type,
        JobLane.QuickTraining => QuickTrainingRunnerGrain.Type,
        JobLane.Training => TrainingRunnerGrain.Type,
        JobLane.Batch => BatchRunnerGrain.Type,
        JobLane.Deploy => DeployRunnerGrain.Type,
        _ => throw new ArgumentOutOfRangeException(nameof(lane), lane, "No runner has this lane."),
    };
}

[GrainType(Type)]
internal sealed class DataRunnerGrain(JobExecutor executor, SiloMembers members) : JobRunnerGrain(executor, members)
{
    public const string Type = "data-runner";
}

[GrainType(Type)]
internal sealed class QuickTrainingRunnerGrain(JobExecutor executor, SiloMembers members) : JobRunnerGrain(executor, members)
{
    public const string Type = "quick-training-runner";
}

[GrainType(Type)]
internal sealed class TrainingRunnerGrain(JobExecutor executor, SiloMembers members) : JobRunnerGrain(executor, members)
{
    public const string Type = "training-runner";
}

[GrainType(Type)]
internal sealed class BatchRunnerGrain(JobExecutor executor, SiloMembers members) : JobRunnerGrain(executor, members)
{
    public const string Type = "batch-runner";
}

[GrainType(Type)]
internal sealed class DeployRunnerGrain(JobExecutor executor, SiloMembers members) : JobRunnerGrain(executor, members)
{
    public const string Type = "deploy-runner";
}
