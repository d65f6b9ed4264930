namespace Kindred.Grains.Jobs;

internal abstract class JobRunnerGrain(JobExecutor executor, SiloMembers members) : Grain, IJobRunnerGrain
{
    public Task<string?> OrderAsync(JobOrder order) => Task.FromResult(executor.Add(order) ? members.Self : null);

    public Task<JobSighting> FindAsync(int attempt) =>
        Task.FromResult(new JobSighting(members.Self, executor.Find(this.GetPrimaryKeyString(), attempt) is not null));

    public Task CancelAsync(int attempt)
    {
        if (executor.Find(this.GetPrimaryKeyString(), attempt) is { } run) executor.End(run, JobEnding.Cancelled);
        return Task.CompletedTask;
    }
}
