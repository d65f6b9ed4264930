using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Resources;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Jobs;

/// <summary>
/// The decisions about one job: when an attempt starts, which attempt counts, and what its end means. The work itself runs
/// in the <see cref="JobExecutor"/>. A reminder brings the job back after the process died.
/// </summary>
[GrainType("job")]
internal sealed partial class JobGrain(
    [PersistentState("state", "Default")] IPersistentState<JobState> state,
    JobExecutor executor,
    IEnumerable<IJobDecision> decisions,
    JobOptions options,
    TimeProvider clock,
    ILogger<JobGrain> logger) : Grain, IJobGrain, IJobControl, IRemindable
{
    private const string ReminderName = "resume";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private JobState Job => state.State;
    private Arn Resource => Arn.Parse(this.GetPrimaryKeyString());
    private IJobDecision Decision => decisions.Single(decision => decision.Kind == Job.Kind);

    public Task<JobDescription?> DescribeAsync(CancellationToken cancellationToken)
    {
        if (!JobRules.IsUnfinished(Job)) return Task.FromResult<JobDescription?>(null);
        var progress = executor.Find(Resource)?.Progress;
        return Task.FromResult<JobDescription?>(new JobDescription(
            this.GetPrimaryKeyString(), Job.Kind, Job.Attempt, progress?.Fraction ?? 0, progress?.Stage ?? "waiting", Job.StartedAt));
    }

    public async Task StartAsync(JobKind kind)
    {
        if (!JobRules.IsUnfinished(Job))
        {
            // First the reminder: if the process dies in between, it finds no work and ends itself.
            await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
            state.State = JobRules.Start(Job, kind, clock.GetUtcNow()); // saved together with the first attempt
        }
        await ResumeAsync();
    }

    public async Task ResumeAsync()
    {
        if (!JobRules.IsUnfinished(Job))
        {
            await EndReminderAsync();
            return;
        }
        if (executor.Find(Resource) is { } known && known.Attempt == Job.Attempt) return;

        var next = JobRules.Launch(Job);
        if (next.Cancelled)
        {
            await Decision.StopAsync(Resource);
            await FinishAsync();
        }
        else if (next.Failures >= options.MaxAttempts)
        {
            LogGivenUp(Job.Kind, Resource, next.Failures);
            await Decision.FailAsync(Resource, $"The job was given up after {next.Failures} attempts that did not come to an end.");
            await FinishAsync();
        }
        else
        {
            await LaunchAsync(next);
        }
    }

    public async Task CancelAsync()
    {
        if (!JobRules.IsUnfinished(Job)) return;
        await SaveAsync(JobRules.Cancel(Job));
        if (executor.Find(Resource) is { } run && run.Attempt == Job.Attempt && !executor.Cancel(run)) return;
        await Decision.StopAsync(Resource);
        await FinishAsync();
    }

    public async Task ForgetAsync()
    {
        if (executor.Find(Resource) is { } run) executor.Cancel(run);
        // The number of attempts stays for ever: a resource may come back under its name while a zombie of the old one still runs.
        if (JobRules.IsUnfinished(Job)) await FinishAsync();
    }

    public async Task<bool> BeginAsync(int attempt)
    {
        if (!JobRules.IsNewest(Job, attempt)) return false;
        if (await Decision.BeginAsync(Resource))
        {
            await SaveAsync(JobRules.Begin(Job));
            return true;
        }
        await GoOnOrFinishAsync();
        return false;
    }

    public async Task<bool> CompleteAsync(int attempt, JobResult result)
    {
        if (!JobRules.IsNewest(Job, attempt)) return false;
        await Decision.PublishAsync(Resource, result);
        await GoOnOrFinishAsync();
        return true;
    }

    public async Task FailAsync(int attempt, string reason, bool final)
    {
        if (!JobRules.IsNewest(Job, attempt)) return;
        var next = JobRules.Fail(Job);
        if (!final && next.Failures < options.MaxAttempts)
        {
            await SaveAsync(next); // the reminder tries again
            return;
        }
        await Decision.FailAsync(Resource, reason);
        await FinishAsync();
    }

    public async Task CancelledAsync(int attempt)
    {
        if (!JobRules.IsNewest(Job, attempt)) return;
        await Decision.StopAsync(Resource);
        await FinishAsync();
    }

    public async Task SuspendAsync(int attempt)
    {
        if (JobRules.IsNewest(Job, attempt)) await SaveAsync(JobRules.Suspend(Job));
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => ResumeAsync();

    /// <summary>The resource says what comes next, not the attempt: so it is not forgotten when the process dies between two writes.</summary>
    private async Task GoOnOrFinishAsync()
    {
        if (await Decision.FollowedByAsync(Resource) is var next and not JobKind.None) await LaunchAsync(JobRules.Launch(JobRules.Start(Job, next, clock.GetUtcNow())));
        else await FinishAsync();
    }

    private async Task LaunchAsync(JobState next)
    {
        await SaveAsync(next);
        executor.Add(new JobRun(Resource, next.Kind, next.Attempt));
    }

    private async Task FinishAsync()
    {
        await SaveAsync(JobRules.Finish(Job));
        await EndReminderAsync();
    }

    private async Task EndReminderAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private Task SaveAsync(JobState next) => this.SaveAsync(state, next);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} of {Resource} is given up after {Failures} attempts")]
    private partial void LogGivenUp(JobKind kind, Arn resource, int failures);
}
