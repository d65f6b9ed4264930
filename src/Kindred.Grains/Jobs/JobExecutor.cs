using System.Collections.Concurrent;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;
using Kindred.Recipes.Training;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Jobs;

/// <summary>
/// The threads of a silo's jobs: one for imports and compactions, one for deploys, and the configured number twice for trainings, so
/// that a quick one never waits for a long one. That data jobs have one thread also keeps two of them from building on the same manifest.
/// </summary>
internal sealed partial class JobExecutor(
    IEnumerable<IJobRunner> runners, IGrainFactory grains, JobOptions options, TimeProvider clock, ILogger<JobExecutor> logger)
{
    private readonly Dictionary<JobKind, IJobRunner> _runners = runners.ToDictionary(runner => runner.Kind);
    private readonly ConcurrentDictionary<string, JobRun> _runs = new();
    private readonly JobQueue _data = new();
    private readonly JobQueue _trainings = new();
    private readonly JobQueue _longTrainings = new();
    private readonly JobQueue _deploys = new();
    private readonly List<Thread> _threads = [];

    public void Start()
    {
        StartThread("data", _data);
        StartThread("deploy", _deploys);
        for (var i = 1; i <= options.MaxConcurrent; i++)
        {
            StartThread($"train {i}", _trainings);
            StartThread($"train fully {i}", _longTrainings);
        }
    }

    /// <summary>The newest attempt that waits or runs here, or null.</summary>
    public JobRun? Find(Arn resource) => _runs.GetValueOrDefault(resource.ToString());

    public void Add(JobRun run)
    {
        _runs[run.Resource.ToString()] = run;
        QueueOf(run).Add(run);
    }

    /// <summary>Cancels an attempt.</summary>
    /// <returns>True when it had not begun, and never will.</returns>
    public bool Cancel(JobRun run)
    {
        run.Cancel();
        if (!QueueOf(run).Remove(run)) return false;
        End(run);
        return true;
    }

    /// <summary>Suspends every attempt and waits until all threads are done.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in new[] { _data, _trainings, _longTrainings, _deploys }) queue.Close();
        foreach (var run in _runs.Values) run.Suspend();
        var ended = new TaskCompletionSource();
        new Thread(() => { _threads.ForEach(thread => thread.Join()); ended.SetResult(); }) { IsBackground = true, Name = "job stop" }.Start();
        await ended.Task.WaitAsync(cancellationToken);
    }

    private JobQueue QueueOf(JobRun run) => run.Kind switch
    {
        JobKind.Train => _trainings,
        JobKind.TrainFully => _longTrainings,
        JobKind.Deploy => _deploys,
        _ => _data,
    };

    private void End(JobRun run) => _runs.TryRemove(KeyValuePair.Create(run.Resource.ToString(), run));

    private void StartThread(string name, JobQueue queue)
    {
        var thread = new Thread(() => Serve(queue)) { IsBackground = true, Name = $"job {name}" };
        _threads.Add(thread);
        thread.Start();
    }

    private void Serve(JobQueue queue)
    {
        while (queue.Take() is { } run) JobThread.Run(() => AttemptAsync(run));
    }

    private async Task AttemptAsync(JobRun run)
    {
        try
        {
            await ReportAsync(run, _runners[run.Kind], grains.GetGrain<IJobControl>(run.Resource.ToString()));
        }
        catch (Exception failure)
        {
            // The job's own grain could not be reached or could not write: its reminder starts another attempt.
            LogUnreported(run.Resource, run.Attempt, failure);
        }
        finally
        {
            End(run);
        }
    }

    private async Task ReportAsync(JobRun run, IJobRunner runner, IJobControl job)
    {
        JobResult result;
        try
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            if (!await job.BeginAsync(run.Attempt)) return;
            LogBegun(run.Kind, run.Resource, run.Attempt);
            run.Reported = new ProgressLog(run, clock, logger).Hear;
            result = await runner.RunAsync(run);
        }
        catch (OperationCanceledException) when (run.CancellationToken.IsCancellationRequested)
        {
            await (run.IsSuspended ? job.SuspendAsync(run.Attempt) : job.CancelledAsync(run.Attempt));
            return;
        }
        catch (Exception failure)
        {
            var (reason, final) = Explain(failure);
            LogFailed(run.Kind, run.Resource, run.Attempt, reason, failure is RefusedException or InsufficientDataException ? null : failure);
            await job.FailAsync(run.Attempt, reason, final);
            return;
        }

        run.Report(1, "publishing");
        if (await job.CompleteAsync(run.Attempt, result)) LogDone(run.Kind, run.Resource, run.Attempt);
        else await runner.DiscardAsync(run.Resource, result);
    }

    /// <summary>What the resource's owner reads, and whether trying again is pointless.</summary>
    private static (string Reason, bool Final) Explain(Exception failure) => failure switch
    {
        RefusedException or InsufficientDataException => (failure.Message, true),
        IOException or UnauthorizedAccessException => ($"The data folder could not be read or written: {failure.Message}", false),
        OutOfMemoryException => ("There was not enough memory for this job.", false),
        TimeoutException or Orleans.Runtime.OrleansException => ($"The service was too busy to go on: {failure.Message}", false),
        _ => ($"An internal error ended the job ({failure.GetType().Name}). The operator finds it in the log.", true),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {Resource} begins, attempt {Attempt}")]
    private partial void LogBegun(JobKind kind, Arn resource, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {Resource} is done, attempt {Attempt}")]
    private partial void LogDone(JobKind kind, Arn resource, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} of {Resource} failed, attempt {Attempt}: {Reason}")]
    private partial void LogFailed(JobKind kind, Arn resource, int attempt, string reason, Exception? failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Attempt {Attempt} at the job of {Resource} ended unreported")]
    private partial void LogUnreported(Arn resource, int attempt, Exception failure);
}
