namespace Kindred.Grains.Jobs;

/// <summary>
/// Attempts that wait for the threads of one lane. Tenants take turns: next is the oldest attempt of the account that
/// has waited longest since its last one, so nobody's hundred jobs hold up another's one.
/// </summary>
internal sealed class JobQueue
{
    private readonly object _gate = new(); // a Monitor, not a Lock: takers wait on it
    private readonly List<JobRun> _waiting = [];
    private readonly Dictionary<string, long> _lastTurn = [];
    private long _turn;
    private bool _closed;

    public void Add(JobRun run)
    {
        lock (_gate)
        {
            _waiting.Add(run);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes a run back out; false when a thread has it already.</summary>
    public bool Remove(JobRun run)
    {
        lock (_gate) return _waiting.Remove(run);
    }

    /// <summary>Waits for the next run; null once the queue is closed.</summary>
    public JobRun? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed) Monitor.Wait(_gate);
            if (_closed) return null;
            var next = _waiting.MinBy(run => _lastTurn.GetValueOrDefault(run.Resource.Account))!;
            _waiting.Remove(next);
            _lastTurn[next.Resource.Account] = ++_turn;
            return next;
        }
    }

    /// <summary>Nobody gets another run. Those that wait are stored, and go on at the next start.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
