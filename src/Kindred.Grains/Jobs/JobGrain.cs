using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Resources;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Jobs;

/// <summary>
/// The decisions about one job: when an attempt starts, which attempt counts, and what its end means. An attempt that is under way holds a
/// lease, in the job's state; the work itself runs in the <see cref="JobExecutor"/> of whichever silo took the order. A reminder brings the
/// job back after that silo died.
/// </summary>
[GrainType("job")]
internal sealed partial class JobGrain(
    [PersistentState("state", "Default")] IPersistentState<JobState> state,
    IEnumerable<IJobDecision> decisions,
    SiloMembers members,
    JobOptions options,
    TimeProvider clock,
    ILogger<JobGrain> logger) : Grain, IJobGrain, IJobControl, IRemindable
{
    private const string ReminderName = "resume";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SoonerThanTheReminder = TimeSpan.FromSeconds(5);

    /// <summary>The last sign of life of the newest attempt, waiting or running. A new activation hears the next one in seconds.</summary>
    private JobHeartbeat? _heard;
    private DateTimeOffset _heardAt;
    private IGrainTimer? _sooner;

    private JobState Job => state.State;
    private Arn Resource => Arn.Parse(this.GetPrimaryKeyString());
    private IJobDecision Decision => DecisionOf(Job.Kind);
    private IJobRunnerGrain Runner => GrainFactory.RunnerOf(Decision.Lane, this.GetPrimaryKeyString());

    public Task<JobDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(!JobRules.IsUnfinished(Job) ? null : new JobDescription(
            this.GetPrimaryKeyString(), Job.Kind, Job.Attempt, _heard?.Fraction ?? 0, _heard?.Stage ?? "waiting", Job.StartedAt)
        {
            Curve = _heard?.Curve ?? [],
        });

    public async Task StartAsync(JobKind kind)
    {
        if (JobRules.IsUnfinished(Job))
        {
            await ResumeAsync();
            return;
        }
        // First the reminder: if the process dies in between, it finds no work and ends itself.
        await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
        await LaunchAsync(JobRules.Start(Job, kind, clock.GetUtcNow()));
    }

    public async Task ResumeAsync()
    {
        if (!JobRules.IsUnfinished(Job))
        {
            await EndReminderAsync();
            return;
        }
        if (await IsBeingDoneAsync()) return;

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
            await LaunchAsync(Job);
        }
    }

    public Task RestartAsync() => JobRules.IsUnfinished(Job) && !Job.Cancelled ? LaunchAsync(JobRules.Suspend(Job)) : Task.CompletedTask;

    public async Task CancelAsync()
    {
        if (!JobRules.IsUnfinished(Job)) return;
        await SaveAsync(JobRules.Cancel(Job));
        var isRunning = Job.Running && await IsBeingDoneAsync();
        await CancelAttemptAsync();
        if (isRunning) return; // it reports its end
        await Decision.StopAsync(Resource);
        await FinishAsync();
    }

    public async Task ForgetAsync()
    {
        // The number of attempts stays for ever: a resource may come back under its name while a zombie of the old one still runs.
        if (!JobRules.IsUnfinished(Job)) return;
        await CancelAttemptAsync();
        await FinishAsync();
    }

    public async Task<bool> BeginAsync(int attempt, string silo)
    {
        if (!JobRules.IsNewest(Job, attempt)) return false;
        if (await Decision.BeginAsync(Resource))
        {
            await SaveAsync(JobRules.Begin(Job, silo, clock.GetUtcNow() + options.Lease));
            return true;
        }
        await GoOnOrFinishAsync();
        return false;
    }

    public async Task<JobAnswer> HeartbeatAsync(JobHeartbeat heartbeat)
    {
        if (!JobRules.IsNewest(Job, heartbeat.Attempt)) return JobAnswer.Superseded;
        var now = clock.GetUtcNow();
        (_heard, _heardAt) = (heartbeat, now);
        if (JobRules.IsRenewalDue(Job, options.Lease, now)) await SaveAsync(JobRules.Begin(Job, heartbeat.Silo, now + options.Lease));
        return Job.Cancelled ? JobAnswer.Cancelled : JobAnswer.GoOn;
    }

    public async Task<bool> CompleteAsync(int attempt, JobResult result)
    {
        if (!JobRules.IsNewest(Job, attempt)) return false;
        if (await Decision.PublishAsync(Resource, result))
        {
            await GoOnOrFinishAsync();
            return true;
        }
        await LaunchAsync(JobRules.Suspend(Job));
        return false;
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
        if (!JobRules.IsNewest(Job, attempt)) return;
        var isElsewhere = Job.LeaseHolder != members.Self;
        await SaveAsync(JobRules.Suspend(Job));
        if (isElsewhere) ResumeSoon();
    }

    public async Task GiveWayAsync(int attempt)
    {
        if (!JobRules.IsNewest(Job, attempt)) return;
        if (Job.Cancelled) await CancelledAsync(attempt);
        else await LaunchAsync(JobRules.Suspend(Job));
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => ResumeAsServiceAsync("reminder of a job");

    private IJobDecision DecisionOf(JobKind kind) => decisions.Single(decision => decision.Kind == kind);

    /// <summary>
    /// Whether the newest attempt waits or runs somewhere. A silo that is gone does nothing, and one that answers knows; where none answers
    /// for the attempt, its lease counts: the runner's activation may have moved away from the silo that works.
    /// </summary>
    private async Task<bool> IsBeingDoneAsync()
    {
        var now = clock.GetUtcNow();
        var (holder, until) = Job.Running ? (Job.LeaseHolder, Job.LeaseUntil)
            : _heard is { } heard && heard.Attempt == Job.Attempt ? (heard.Silo, _heardAt + options.Lease) : (null, default);
        if (holder is not null && !members.Has(holder)) return false;
        var seen = await FindAttemptAsync();
        return seen is { IsHere: true } || (holder is not null && holder != seen?.Silo && until > now);
    }

    private async Task<JobSighting?> FindAttemptAsync()
    {
        try
        {
            return await Runner.FindAsync(Job.Attempt);
        }
        catch (Exception unreachable) when (unreachable is OrleansException or TimeoutException)
        {
            return null;
        }
    }

    private async Task CancelAttemptAsync()
    {
        try
        {
            await Runner.CancelAsync(Job.Attempt);
        }
        catch (Exception unreachable) when (unreachable is OrleansException or TimeoutException)
        {
            LogUnreachable(Job.Kind, Resource, Job.Attempt, unreachable); // its next heartbeat tells it
        }
    }

    /// <summary>
    /// The resource says what comes next, not the attempt: so it is not forgotten when the process dies between two writes.
    /// </summary>
    private async Task GoOnOrFinishAsync()
    {
        var next = await Decision.FollowedByAsync(Resource);
        if (next is JobKind.None) await FinishAsync();
        else await LaunchAsync(JobRules.Start(Job, next, clock.GetUtcNow()));
    }

    private async Task LaunchAsync(JobState job)
    {
        var decision = DecisionOf(job.Kind);
        var terms = await decision.TermsAsync(Resource);
        await SaveAsync(JobRules.Launch(job));
        _heard = null;
        if (await OrderAsync(decision.Lane, terms) is { } silo)
            (_heard, _heardAt) = (new JobHeartbeat(Job.Attempt, silo, 0, "waiting"), clock.GetUtcNow());
        else
            ResumeSoon();
    }

    /// <returns>The silo that has taken the order; null when none has.</returns>
    private async Task<string?> OrderAsync(JobLane lane, JobTerms terms)
    {
        try
        {
            return await Runner.OrderAsync(new JobOrder(this.GetPrimaryKeyString(), Job.Kind, Job.Attempt, lane, terms));
        }
        catch (Exception unreachable) when (unreachable is OrleansException or TimeoutException)
        {
            LogUnreachable(Job.Kind, Resource, Job.Attempt, unreachable);
            return null;
        }
    }

    /// <summary>The silo that had the job is about to leave: another one takes it, sooner than the reminder would see to it.</summary>
    private void ResumeSoon()
    {
        _sooner?.Dispose();
        _sooner = this.RegisterGrainTimer(
            static (grain, _) => grain.ResumeAsServiceAsync("return to a job"), this, SoonerThanTheReminder, Timeout.InfiniteTimeSpan);
    }

    private async Task ResumeAsServiceAsync(string reason)
    {
        using (CallerContext.EnterService(Resource.Account, reason)) await ResumeAsync();
    }

    private async Task FinishAsync()
    {
        await SaveAsync(JobRules.Finish(Job));
        _heard = null;
        await EndReminderAsync();
    }

    private async Task EndReminderAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private Task SaveAsync(JobState next) => this.SaveAsync(state, next);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} of {Resource} is given up after {Failures} attempts")]
    private partial void LogGivenUp(JobKind kind, Arn resource, int failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} of {Resource}: nobody could be told of attempt {Attempt}")]
    private partial void LogUnreachable(JobKind kind, Arn resource, int attempt, Exception failure);
}
