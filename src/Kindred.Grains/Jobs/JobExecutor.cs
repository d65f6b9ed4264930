using System.Collections.Concurrent;
using Kindred.Contracts.Access;
using Kindred.Contracts.Jobs;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Jobs;

/// <summary>
/// The threads of a silo's jobs, each lane's own, and the heartbeat of everything that waits or runs on them. Which attempt counts is not
/// known here: the jobs' grains say so, in their answers to the heartbeats.
/// </summary>
internal sealed partial class JobExecutor(
    IEnumerable<IJobRunner> runners, IGrainFactory grains, SiloMembers members, JobOptions options, TimeProvider clock,
    ILogger<JobExecutor> logger) : IDisposable
{
    private readonly Dictionary<JobKind, IJobRunner> _runners = runners.ToDictionary(runner => runner.Kind);
    private readonly ConcurrentDictionary<string, (JobRun Run, JobPulse Pulse)> _runs = new();
    private readonly Dictionary<JobLane, JobQueue> _queues =
        Enum.GetValues<JobLane>().ToDictionary(lane => lane, lane => new JobQueue(options.Concurrency(lane), options.ShareOfOne(lane)));
    private readonly List<Thread> _threads = [];
    private ITimer? _ticks;

    public void Start()
    {
        foreach (var (lane, queue) in _queues)
        {
            for (var i = 1; i <= options.Concurrency(lane); i++)
            {
                var thread = new Thread(() => Serve(lane, queue)) { IsBackground = true, Name = $"job {lane} {i}" };
                _threads.Add(thread);
                thread.Start();
            }
        }
        _ticks = clock.CreateTimer(_ => Tick(), null, JobPulse.TickPeriod, JobPulse.TickPeriod);
    }

    /// <summary>The attempt, if it waits or runs here.</summary>
    public JobRun? Find(string resource, int attempt) =>
        _runs.TryGetValue(resource, out var known) && known.Run.Attempt == attempt ? known.Run : null;

    /// <returns>False when the silo takes no orders any more.</returns>
    public bool Add(JobOrder order)
    {
        if (_runs.TryGetValue(order.Resource, out var known))
        {
            if (known.Run.Attempt >= order.Attempt) return true; // an order that was long on its way
            End(known.Run, JobEnding.Superseded);
        }
        var run = new JobRun(order, clock.GetTimestamp());
        var pulse = new JobPulse(run, BeatAsync, clock);
        run.Reported = pulse.Hear;
        _runs[order.Resource] = (run, pulse);
        JobMetrics.Queued(order.Lane);
        if (_queues[order.Lane].Add(run)) return true;
        JobMetrics.Withdrawn(order.Lane);
        Forget(run);
        return false;
    }

    /// <summary>Asks an attempt to end. One that no thread has yet is gone at once.</summary>
    public void End(JobRun run, JobEnding why)
    {
        run.End(why);
        if (!_queues[run.Lane].Remove(run)) return;
        JobMetrics.Withdrawn(run.Lane);
        Forget(run);
    }

    /// <summary>Suspends every attempt and waits until all threads are done.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in _queues.Values) queue.Close();
        foreach (var (run, _) in _runs.Values) run.End(JobEnding.Suspended);
        var ended = new TaskCompletionSource();
        new Thread(() =>
        {
            _threads.ForEach(thread => thread.Join());
            ended.SetResult();
        }) { IsBackground = true, Name = "job stop" }.Start();
        try
        {
            await ended.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Dispose(); // whoever runs on gives no more signs of life
        }
    }

    public void Dispose() => _ticks?.Dispose();

    private void Serve(JobLane lane, JobQueue queue)
    {
        // Requests come first, also while millions of rows are read. Trainings step back on threads of their own.
        if (lane is JobLane.Data or JobLane.Batch) BackgroundThread.StepBack();
        while (queue.Take() is { } run)
        {
            JobMetrics.Taken(lane, clock.GetElapsedTime(run.QueuedAt));
            var job = grains.GetGrain<IJobControl>(run.Resource.ToString());
            var attempt = new JobAttempt(run, _runners[run.Kind], job, members.Self, clock, logger);
            try
            {
                using (CallerContext.EnterService(run.Resource.Account, $"{run.Kind} job")) JobThread.Run(attempt.MakeAsync);
            }
            finally
            {
                JobMetrics.Left(lane);
                Forget(run);
                // Its memory is what the one that waits needs: found now, rather than when that one has allocated its own.
                if (run.Ending is JobEnding.GivingWay) GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
                queue.Leave(run);
            }
        }
    }

    private void Forget(JobRun run)
    {
        var resource = run.Resource.ToString();
        if (_runs.TryGetValue(resource, out var known) && known.Run == run) _runs.TryRemove(KeyValuePair.Create(resource, known));
    }

    private void Tick()
    {
        foreach (var (_, pulse) in _runs.Values) pulse.Tick();
    }

    private async Task BeatAsync(JobRun run)
    {
        try
        {
            using var entry = CallerContext.EnterService(run.Resource.Account, "heartbeat of a job");
            var resource = run.Resource.ToString();
            var progress = run.Progress;
            var answer = await grains.GetGrain<IJobControl>(resource)
                .HeartbeatAsync(new JobHeartbeat(run.Attempt, members.Self, progress.Fraction, progress.Stage) { Curve = run.Curve })
                .ConfigureAwait(false);
            if (answer is JobAnswer.Cancelled) End(run, JobEnding.Cancelled);
            if (answer is JobAnswer.Superseded && Find(resource, run.Attempt) == run) End(run, JobEnding.Superseded);
        }
        catch (Exception failure)
        {
            LogUnheard(run.Resource.ToString(), run.Attempt, failure); // the next one comes in seconds, and the lease lasts longer
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The job of {Resource} did not hear the heartbeat of attempt {Attempt}")]
    private partial void LogUnheard(string resource, int attempt, Exception failure);
}
