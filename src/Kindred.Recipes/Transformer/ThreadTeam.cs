using System.Runtime.ExceptionServices;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// Threads that stay for a whole training: a step takes a few milliseconds, of which starting threads anew would be a noticeable part.
/// Which thread takes which index is up to chance, so a body must compute an index independently of the others.
/// </summary>
/// <remarks>
/// Nobody waits for a helper that a busy machine does not let run: the caller takes every index that is left, and waits only for those
/// begun.
/// </remarks>
internal sealed class ThreadTeam : IDisposable
{
    private readonly object _gate = new();
    private readonly Thread[] _helpers;
    private Job? _job;
    private bool _isDisposed;

    /// <param name="threads">The caller's included; at least 1.</param>
    public ThreadTeam(int threads)
    {
        _helpers = new Thread[threads - 1];
        for (var i = 0; i < _helpers.Length; i++)
        {
            _helpers[i] = new Thread(Help) { IsBackground = true, Name = $"Kindred training {i + 1}" };
            _helpers[i].Start();
        }
    }

    /// <summary>Calls <paramref name="body"/> once for each of 0..count-1; the first exception of a body is thrown here.</summary>
    public void Run(int count, Action<int> body)
    {
        if (count <= 0)
            return;
        var job = new Job(count, body);
        if (count > 1 && _helpers.Length > 0)
        {
            lock (_gate)
            {
                _job = job;
                Monitor.PulseAll(_gate);
            }
        }
        job.Work();
        job.Wait();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }
        foreach (var helper in _helpers)
            helper.Join();
    }

    private void Help()
    {
        Job? last = null;
        while (true)
        {
            lock (_gate)
            {
                while (!_isDisposed && ReferenceEquals(_job, last))
                    Monitor.Wait(_gate);
                if (_isDisposed)
                    return;
                last = _job;
            }
            last!.Work();
        }
    }

    private sealed class Job(int count, Action<int> body)
    {
        private readonly object _done = new();
        private int _next = -1;
        private int _finished;
        private ExceptionDispatchInfo? _failure;

        public void Work()
        {
            for (int index; (index = Interlocked.Increment(ref _next)) < count;)
            {
                try
                {
                    if (Volatile.Read(ref _failure) is null)
                        body(index);
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
                }
                if (Interlocked.Increment(ref _finished) == count)
                {
                    lock (_done)
                        Monitor.PulseAll(_done);
                }
            }
        }

        public void Wait()
        {
            // Lanes are of equal size, so the last one is usually nearly done.
            var spinner = default(SpinWait);
            while (!spinner.NextSpinWillYield && Volatile.Read(ref _finished) < count)
                spinner.SpinOnce();
            lock (_done)
            {
                while (Volatile.Read(ref _finished) < count)
                    Monitor.Wait(_done);
            }
            _failure?.Throw();
        }
    }
}
