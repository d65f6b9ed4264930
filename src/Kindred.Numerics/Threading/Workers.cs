using System.Runtime.ExceptionServices;

namespace Kindred.Numerics.Threading;

/// <summary>
/// Runs loops on threads of their own, never on the thread pool: a training may take all its threads for minutes without keeping
/// a request waiting. Which thread takes which index is up to chance, so a body must compute an index independently of the others.
/// </summary>
public static class Workers
{
    /// <summary>
    /// Calls <paramref name="body"/> once for each block of 0..count-1, on <paramref name="threads"/> threads, the caller's included.
    /// </summary>
    /// <param name="count">Number of indices.</param>
    /// <param name="blockSize">Indices per call; cancellation is looked at between calls.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="body">Receives the worker (0..threads-1), the first index and the index after the last.</param>
    /// <param name="cancellationToken">Stops all threads before their next block.</param>
    /// <exception cref="OperationCanceledException">Cancelled; some blocks were not called.</exception>
    /// <remarks>The first exception of a body stops the others and is thrown here.</remarks>
    public static void ForBlocks(int count, int blockSize, int threads, Action<int, int, int> body, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var blocks = (int)(((long)count + blockSize - 1) / blockSize);
        var next = -1;
        ExceptionDispatchInfo? failure = null;

        void Work(int worker)
        {
            try
            {
                for (int block; (block = Interlocked.Increment(ref next)) < blocks && Volatile.Read(ref failure) is null;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var from = block * blockSize;
                    body(worker, from, Math.Min(count, from + blockSize));
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }
        }

        var helpers = new Thread[Math.Max(0, Math.Min(threads, blocks) - 1)];
        for (var i = 0; i < helpers.Length; i++)
        {
            var worker = i + 1;
            helpers[i] = new Thread(() => Work(worker))
            {
                IsBackground = true, Name = $"Kindred training {worker}", Priority = Thread.CurrentThread.Priority,
            };
            helpers[i].Start();
        }
        Work(0);
        foreach (var helper in helpers)
            helper.Join();
        failure?.Throw();
    }
}
