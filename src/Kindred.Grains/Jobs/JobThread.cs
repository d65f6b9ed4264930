using System.Collections.Concurrent;

namespace Kindred.Grains.Jobs;

/// <summary>
/// Runs asynchronous work on the calling thread from beginning to end: what follows an await comes back to it, so that a
/// job's hours of computing never sit on a thread-pool thread that requests are waiting for.
/// </summary>
internal sealed class JobThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _turns = [];

    private JobThread() { }

    public static void Run(Func<Task> work)
    {
        var before = Current;
        var thread = new JobThread();
        SetSynchronizationContext(thread);
        try
        {
            var task = work();
            _ = task.ContinueWith(_ => thread._turns.CompleteAdding(),
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            foreach (var (callback, state) in thread._turns.GetConsumingEnumerable()) callback(state);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        // A straggler of finished work (a progress report, say) has no thread to come back to; the pool takes it.
        if (_turns.IsAddingCompleted || !TryAdd(d, state))
            ThreadPool.QueueUserWorkItem(static turn => turn.d(turn.state), (d, state), preferLocal: false);
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    private bool TryAdd(SendOrPostCallback callback, object? state)
    {
        try
        {
            return _turns.TryAdd((callback, state));
        }
        catch (InvalidOperationException)
        {
            return false; // completed in between
        }
    }
}
