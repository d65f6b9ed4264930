using System.Collections.Concurrent;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kindred.Grains.Tests.World;

/// <summary>Work that does what a test tells it, in place of trainings.</summary>
internal sealed class ScriptedWork(JobKind kind = JobKind.Train) : IJobDecision, IJobRunner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TaskCompletionSource _began = NewSignal();
    private TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What an attempt does; the default ends well at once.</summary>
    public Func<JobRun, Task<JobResult>> Script { get; set; } = _ => Task.FromResult<JobResult>(new DeployResult("made"));

    /// <summary>An attempt has begun.</summary>
    public Task BeganAsync() => _began.Task.WaitAsync(Patience);

    /// <summary>The job has ended: <c>published</c>, <c>stopped</c>, or the reason of its failure.</summary>
    public Task<string> EndedAsync() => _ended.Task.WaitAsync(Patience);

    public bool HasEnded => _ended.Task.IsCompleted;

    public ConcurrentQueue<int> Attempts { get; } = [];
    public int Published { get; private set; }
    public int Discarded { get; private set; }

    /// <summary>On which terms an attempt is ordered; the default: plain ones.</summary>
    public Func<Arn, JobTerms> Terms { get; set; } = _ => JobTerms.Plain;

    /// <summary>Whether what an attempt built on is still what it was; asked when it publishes.</summary>
    public Func<bool> IsCurrent { get; set; } = () => true;

    public JobKind Kind => kind;
    public JobLane Lane => kind is JobKind.TrainFully ? JobLane.Training : JobLane.QuickTraining;

    public void Add(IServiceCollection services)
    {
        services.RemoveAll<IJobDecision>();
        services.RemoveAll<IJobRunner>();
        services.AddSingleton<IJobDecision>(this);
        services.AddSingleton<IJobRunner>(this);
    }

    public void Rearm()
    {
        _began = NewSignal();
        _ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task<JobTerms> TermsAsync(Arn resource) => Task.FromResult(Terms(resource));

    public Task<bool> BeginAsync(Arn resource) => Task.FromResult(true);

    public Task<JobResult> RunAsync(JobRun run)
    {
        Attempts.Enqueue(run.Attempt);
        _began.TrySetResult();
        return Script(run);
    }

    public Task<bool> PublishAsync(Arn resource, JobResult result)
    {
        if (!IsCurrent()) return Task.FromResult(false);
        Published++;
        _ended.TrySetResult("published");
        return Task.FromResult(true);
    }

    public Task DiscardAsync(Arn resource, JobResult result)
    {
        Discarded++;
        return Task.CompletedTask;
    }

    public Task FailAsync(Arn resource, string reason)
    {
        _ended.TrySetResult(reason);
        return Task.CompletedTask;
    }

    public Task StopAsync(Arn resource)
    {
        _ended.TrySetResult("stopped");
        return Task.CompletedTask;
    }

    /// <summary>An attempt that runs until it is cancelled.</summary>
    public static Task<JobResult> UntilCancelled(JobRun run)
    {
        run.CancellationToken.WaitHandle.WaitOne();
        run.CancellationToken.ThrowIfCancellationRequested();
        throw new InvalidOperationException();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
