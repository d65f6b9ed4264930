namespace Kindred.Grains.Jobs;

/// <summary>
/// The attempts of one lane: those that wait, and those that its threads work on. Tenants take turns: next is the oldest attempt of the
/// account that has waited longest since its last one, so nobody's hundred jobs hold up another's one. Work for which nobody waits comes
/// after all other, and makes room for it. What one attempt guards, no other touches meanwhile.
/// </summary>
/// <param name="threads">How many take from the queue.</param>
/// <param name="shareOfOne">How many of them work for one account at a time.</param>
internal sealed class JobQueue(int threads, int shareOfOne)
{
    private readonly object _gate = new(); // a Monitor, not a Lock: takers wait on it
    private readonly List<JobRun> _waiting = [];
    private readonly List<JobRun> _running = []; // in the order in which they began
    private readonly Dictionary<string, long> _lastTurn = [];
    private long _turn;
    private bool _closed;

    /// <returns>False once the queue is closed.</returns>
    public bool Add(JobRun run)
    {
        lock (_gate)
        {
            if (_closed) return false;
            _waiting.Add(run);
            MakeRoom();
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Takes a run back out; false when a thread has it already.</summary>
    public bool Remove(JobRun run)
    {
        lock (_gate) return _waiting.Remove(run);
    }

    /// <summary>Waits for the next run, which the taker has to <see cref="Leave"/>; null once the queue is closed.</summary>
    public JobRun? Take()
    {
        lock (_gate)
        {
            JobRun? next = null;
            while (!_closed && (next = Next()) is null) Monitor.Wait(_gate);
            if (_closed) return null;
            _waiting.Remove(next!);
            _running.Add(next!);
            _lastTurn[next!.Resource.Account] = ++_turn;
            return next;
        }
    }

    /// <summary>The thread has nothing of the run any more.</summary>
    public void Leave(JobRun run)
    {
        lock (_gate)
        {
            _running.Remove(run);
            Monitor.PulseAll(_gate);
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

    private JobRun? Next() =>
        _waiting.Where(run => IsUnguarded(run) && HasShare(run))
            .MinBy(run => (run.Terms.GivesWay, _lastTurn.GetValueOrDefault(run.Resource.Account)));

    private bool HasShare(JobRun run) => _running.Count(other => other.Resource.Account == run.Resource.Account) < shareOfOne;

    private bool IsUnguarded(JobRun run) => !_running.Exists(other => other.Terms.Guards.Intersect(run.Terms.Guards).Any());

    /// <summary>Of those that can make room the ones that began last do: they lose least.</summary>
    private void MakeRoom()
    {
        var wanted = _waiting.Count(run => !run.Terms.GivesWay && IsUnguarded(run));
        var room = threads - _running.Count + _running.Count(run => run.Ending is not JobEnding.None);
        var able = _running.Where(run => run.Terms.GivesWay && run.Ending is JobEnding.None).Reverse().ToArray();
        foreach (var run in able.Take(wanted - room)) run.End(JobEnding.GivingWay);
    }
}
