using System.Runtime.ExceptionServices;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// Threads that stay for a whole training: a step takes a few milliseconds, of which starting threads anew would be a noticeable part.
/// Which thread takes which index is up to chance, so a body must compute an index independently of the others.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    private readonly Barrier _barrier;
    private readonly Thread[] _helpers;
    private Action<int>? _body;
    private int _count;
    private int _next;
    private ExceptionDispatchInfo? _failure;

    /// <param name="threads">The caller's included; at least 1.</param>
    public ThreadTeam(int threads)
    {
        _barrier = new Barrier(threads);
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
        (_body, _count, _next, _failure) = (body, count, -1, null);
        _barrier.SignalAndWait();
        Work();
        _barrier.SignalAndWait();
        _failure?.Throw();
    }

    public void Dispose()
    {
        _body = null;
        _barrier.SignalAndWait();
        foreach (var helper in _helpers)
            helper.Join();
        _barrier.Dispose();
    }

    private void Help()
    {
        while (true)
        {
            _barrier.SignalAndWait();
            if (_body is null)
                return;
            Work();
            _barrier.SignalAndWait();
        }
    }

    private void Work()
    {
        try
        {
            for (int index; (index = Interlocked.Increment(ref _next)) < _count && Volatile.Read(ref _failure) is null;)
                _body!(index);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
        }
    }
}
