using System.Collections.Concurrent;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kindred.Grains.Tests.World;

/// <summary>Work that does what a test tells it, in place of trainings.</summary>
internal sealed class ScriptedWork : IJobWork
{
    /// <summary>What an attempt does; the default ends well at once.</summary>
    public Func<JobRun, Task<JobResult>> Script { get; set; } = _ => Task.FromResult<JobResult>(new DeployResult("made"));

    public TaskCompletionSource Began { get; private set; } = NewSignal();
    public TaskCompletionSource<string> Ended { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public ConcurrentQueue<int> Attempts { get; } = [];
    public int Published { get; private set; }
    public int Discarded { get; private set; }

    public JobKind Kind => JobKind.Train;

    public void Add(IServiceCollection services)
    {
        services.RemoveAll<IJobWork>();
        services.AddSingleton<IJobWork>(this);
    }

    public void Rearm()
    {
        Began = NewSignal();
        Ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task<bool> BeginAsync(Arn resource) => Task.FromResult(true);

    public Task<JobResult> RunAsync(JobRun run)
    {
        Attempts.Enqueue(run.Attempt);
        Began.TrySetResult();
        return Script(run);
    }

    public Task PublishAsync(Arn resource, JobResult result)
    {
        Published++;
        Ended.TrySetResult("published");
        return Task.CompletedTask;
    }

    public void Discard(JobResult result) => Discarded++;

    public Task FailAsync(Arn resource, string reason)
    {
        Ended.TrySetResult(reason);
        return Task.CompletedTask;
    }

    public Task StopAsync(Arn resource)
    {
        Ended.TrySetResult("stopped");
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
